import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { defaultApiVersion, supports } from '../sentinel/api-versions.ts';
import type { AlertingDetection } from '../detection/detection.ts';
import type { EffectiveDetection } from './apply-environment.ts';

interface Gap {
  readonly severity: Severity;
  readonly pointer: string;
  /** Completes "api-version X …". */
  readonly message: string;
}

/**
 * Finds what a detection uses and the environment's api-version lacks. It is an error where an alert would be missing or
 * would lack entities, and a warning where only ATT&CK sub-techniques, which their techniques stand in for, are left out.
 */
export function findApiVersionGaps({
  loaded,
  environment,
  detection,
}: EffectiveDetection): readonly Diagnostic[] {
  const { apiVersion, source } = environment;
  const place = joinPointer(source.pointer, 'apiVersion');
  return findGaps(detection, apiVersion).map(({ severity, pointer, message }) => ({
    code: severity === 'error' ? 'api-version-lacks' : 'api-version-drops',
    severity,
    message: `api-version "${apiVersion}" of environment "${environment.name}" ${message}`,
    file: loaded.file,
    span: loaded.spanOf(pointer),
    hint: `use a preview, such as "${defaultApiVersion}"`,
    related: [{ file: source.file, span: source.spanOf(place), message: 'the environment is here' }],
  }));
}

function findGaps(detection: EffectiveDetection['detection'], apiVersion: string): readonly Gap[] {
  switch (detection.kind) {
    case 'Hunting':
      return [];
    case 'MicrosoftSecurityIncidentCreation':
      return isDefenderProduct(detection.productFilter) && !supports(apiVersion, 'defenderProductFilters')
        ? [error('/productFilter', `does not know the product "${detection.productFilter}"`)]
        : [];
    case 'Scheduled':
      return findAlertingGaps(detection, apiVersion);
    case 'NRT':
      return supports(apiVersion, 'nrt')
        ? findAlertingGaps(detection, apiVersion)
        : [error('/kind', 'has no NRT alert rules')];
  }
}

function findAlertingGaps(detection: AlertingDetection, apiVersion: string): readonly Gap[] {
  const gaps: Gap[] = [];
  const subTechniques = detection.techniques.filter((id) => id.includes('.'));
  if (subTechniques.length > 0 && !supports(apiVersion, 'subTechniques')) {
    const first = detection.techniques.findIndex((id) => id.includes('.'));
    const pointer = joinPointer('/relevantTechniques', first);
    gaps.push(warning(pointer, `has no sub-techniques; ${subTechniques.join(', ')} will be left out`));
  }
  if (detection.sentinelEntitiesMappings.length > 0 && !supports(apiVersion, 'sentinelEntitiesMappings')) {
    gaps.push(
      error('/sentinelEntitiesMappings', 'has no sentinelEntitiesMappings; alerts would lack entities'),
    );
  }
  const properties = detection.alertDetailsOverride?.alertDynamicProperties ?? [];
  const index = properties.findIndex(({ alertProperty }) => alertProperty === 'SubTechniques');
  if (index >= 0 && !supports(apiVersion, 'subTechniquesAlertProperty')) {
    const pointer = joinPointer('/alertDetailsOverride/alertDynamicProperties', index);
    gaps.push(warning(pointer, 'has no alert property "SubTechniques"; it will be left out'));
  }
  return gaps;
}

function isDefenderProduct(product: string): boolean {
  return (
    product === 'Microsoft Defender Advanced Threat Protection' ||
    product === 'Office 365 Advanced Threat Protection'
  );
}

function error(pointer: string, message: string): Gap {
  return { severity: 'error', pointer, message };
}

function warning(pointer: string, message: string): Gap {
  return { severity: 'warning', pointer, message };
}
