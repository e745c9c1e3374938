import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import type { DesiredResource } from '../../src/plan/plan.ts';
import type { DetectionKind, DetectionSeed, Edit } from './scenario.ts';
import { textOf } from './text-of.ts';

/** A detection as the repository of a simulation describes it. */
export interface Detection {
  readonly id: string;
  readonly kind: DetectionKind;
  readonly file: string;
  readonly fields: Readonly<Record<string, number>>;
  readonly isSelected: boolean;
}

/**
 * Values of fields; undefined: the field is not there. Several of a field mean the same, spelt otherwise. All of them are valid in
 * any combination, so that the service refuses none.
 */
export const fieldVariants: Readonly<Record<string, readonly (JsonValue | undefined)[]>> = {
  displayName: ['Alpha', 'Beta', 'Gamma'],
  description: [undefined, 'Finds it.', 'Finds it.\n', 'finds it in two\r\nlines', ''],
  severity: ['Low', 'Medium', 'High'],
  enabled: [true, false],
  query: [
    'SigninLogs',
    'SigninLogs\n| where ResultType != "0" // failed\n| take 5',
    'SigninLogs\r\n| where ResultType != "0" // failed\r\n| take 5\r\n',
    'SigninLogs | where ResultType != "0" // failed | take 5',
  ],
  queryFrequency: ['PT1H', 'PT60M', 'PT30M'],
  queryPeriod: ['P1D', 'PT24H', 'PT12H'],
  triggerOperator: ['GreaterThan', 'LessThan'],
  triggerThreshold: [0, 5],
  suppressionEnabled: [false, true],
  suppressionDuration: ['PT5H', 'PT300M', 'PT6H'],
  tactics: [undefined, [], ['Execution'], ['Execution', 'Persistence'], ['Persistence', 'Execution']],
  techniques: [undefined, ['T1059'], ['T1059', 'T1078'], ['T1078', 'T1059']],
  customDetails: [undefined, {}, { user: 'Account' }, { user: 'Account', machine: 'Computer' }],
  entityMappings: [
    undefined,
    [{ entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'Account' }] }],
    [{ entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName: 'Computer' }] }],
  ],
  eventGroupingSettings: [
    undefined,
    { aggregationKind: 'SingleAlert' },
    { aggregationKind: 'AlertPerResult' },
  ],
  alertDetailsOverride: [
    undefined,
    { alertDisplayNameFormat: 'Sign-in of {{Account}}' },
    { alertSeverityColumnName: 'Severity' },
  ],
  incidentConfiguration: [
    undefined,
    incidents('PT5M', false),
    incidents('PT2H', true),
    incidents('PT120M', true),
  ],
};

/** The fields of a saved search that the repository and people change. */
const huntingFields = ['displayName', 'query'];
const incidentCreationFields = ['displayName', 'description', 'enabled'];
const scheduleFields = ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'];

/** The names in `fieldVariants` that a kind of detection has. */
export function fieldsOf(kind: DetectionKind): readonly string[] {
  switch (kind) {
    case 'Hunting':
      return huntingFields;
    case 'IncidentCreation':
      return incidentCreationFields;
    case 'NRT':
      return Object.keys(fieldVariants).filter((field) => !scheduleFields.includes(field));
    case 'Scheduled':
      return Object.keys(fieldVariants);
  }
}

/** The value of a field; any number picks one. */
export function variantOf(field: string, variant: number): JsonValue | undefined {
  const variants = fieldVariants[field] ?? [];
  return variants[variant % variants.length];
}

/** What is to be sent for a kind with these fields. */
export function buildBody(kind: DetectionKind, fields: Readonly<Record<string, number>>): JsonObject {
  const chosen = Object.fromEntries(
    fieldsOf(kind)
      .map((field): [string, JsonValue | undefined] => [field, variantOf(field, fields[field] ?? 0)])
      .filter(([, value]) => value !== undefined),
  );
  switch (kind) {
    case 'Hunting':
      return { properties: { category: 'Hunting Queries', version: 2, tags: [], ...chosen } };
    case 'IncidentCreation': {
      const productFilter = 'Microsoft Cloud App Security';
      return { kind: 'MicrosoftSecurityIncidentCreation', properties: { productFilter, ...chosen } };
    }
    case 'NRT':
    case 'Scheduled':
      return { kind, properties: chosen };
  }
}

/** What a repository describes: its selected detections, as compile/ would give them. */
export function describe(detections: readonly Detection[]): readonly DesiredResource[] {
  return detections
    .filter(({ isSelected }) => isSelected)
    .map(({ id, kind, file, fields }) => {
      const body = buildBody(kind, fields);
      return {
        kind: kind === 'Hunting' ? 'savedSearch' : 'alertRule',
        name: id,
        displayName: textOf(variantOf('displayName', fields['displayName'] ?? 0)),
        detection: { id, file, version: '1.0.0' },
        body: body as unknown as DesiredResource['body'],
      };
    });
}

/** A detection that starts to exist as the so-manieth one of a scenario. */
export function createDetection({ kind, fields }: DetectionSeed, index: number): Detection {
  const id = `0000000${index % 10}-ab${String(index).padStart(2, '0')}-4000-8000-00000000000d`;
  return { id, kind, file: `detections/${kind.toLowerCase()}/${index}.yaml`, fields, isSelected: true };
}

/** The repository after an edit. `count` is how many detections there ever were, so that no id comes back. */
export function applyEdit(detections: readonly Detection[], edit: Edit, count: number): readonly Detection[] {
  if (edit.do === 'add') return [...detections, createDetection(edit.detection, count)];
  if (detections.length === 0) return detections;
  const target = edit.target % detections.length;
  return detections.flatMap((detection, index) => (index === target ? change(detection, edit) : detection));
}

function change(detection: Detection, edit: Exclude<Edit, { readonly do: 'add' }>): readonly Detection[] {
  const { fields, file } = detection;
  switch (edit.do) {
    case 'set':
      return [{ ...detection, fields: { ...fields, [edit.field]: edit.variant } }];
    case 'change-kind':
      return [
        { ...detection, kind: isRule(detection.kind) && isRule(edit.kind) ? edit.kind : detection.kind },
      ];
    case 'remove':
      return [];
    case 'toggle-selection':
      return [{ ...detection, isSelected: !detection.isSelected }];
    case 'rename':
      return [
        {
          ...detection,
          file: file.replace('.yaml', '-renamed.yaml'),
          fields: { ...fields, displayName: (fields['displayName'] ?? 0) + 1 },
        },
      ];
  }
}

/** A hunting query and an alert rule of one id are two resources: to go from one to the other is no change of kind. */
function isRule(kind: DetectionKind): boolean {
  return kind !== 'Hunting';
}

function incidents(lookbackDuration: string, enabled: boolean): JsonObject {
  return {
    createIncident: true,
    groupingConfiguration: {
      enabled,
      reopenClosedIncident: false,
      lookbackDuration,
      matchingMethod: 'AllEntities',
    },
  };
}
