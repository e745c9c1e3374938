import { ToolError } from '../core/tool-error.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import { armTemplateLimits } from '../sentinel/limits.ts';
import {
  buildArmTemplate,
  buildDetectionTemplate,
  type ArmTemplate,
  type ArmTemplateOptions,
} from './arm-template.ts';

/** A template as a file. */
export interface TemplateFile {
  /** Relative to the folder of the build, with forward slashes. */
  readonly path: string;
  /** JSON, the same bytes for the same detections and environment. */
  readonly content: string;
  /** Ids of the detections in it, in the order of their resources. */
  readonly detections: readonly string[];
}

export interface TemplateFileOptions extends ArmTemplateOptions {
  /** The folder of the detections, as kustodian.yaml names it. */
  readonly detectionsFolder: string;
}

/** The templates of an environment: every resource is in one of each kind. */
export interface TemplateFiles {
  /** One a detection, in folders as the detections are. */
  readonly single: readonly TemplateFile[];
  /** As few as the limits of Azure Resource Manager allow, each with whole detections. */
  readonly combined: readonly TemplateFile[];
}

/** @throws ToolError `content-invalid` if a resource is larger than Azure Resource Manager takes */
export function buildTemplateFiles(
  desired: readonly DesiredResource[],
  options: TemplateFileOptions,
): TemplateFiles {
  const paths = templatePaths(desired, options.detectionsFolder);
  const single = desired.map((resource, index): TemplateFile => {
    const template = buildDetectionTemplate(resource, options);
    checkResourceSize(resource, template);
    return {
      path: paths[index] ?? '',
      content: toText(template),
      detections: [resource.detection.id],
    };
  });
  const combined = groupByLimits(desired, options).map((group, index): TemplateFile => ({
    path: `combined-${index + 1}.json`,
    content: toText(buildArmTemplate(group, options)),
    detections: group.map(({ detection }) => detection.id),
  }));
  return { single, combined };
}

/** `content/impact/x.yaml` becomes `detections/impact/x.json`; beside `x.yml`, which would be the same, `x.yaml.json`. */
function templatePaths(desired: readonly DesiredResource[], detectionsFolder: string): readonly string[] {
  const files = desired.map(({ detection: { file } }) =>
    file.startsWith(`${detectionsFolder}/`) ? file.slice(detectionsFolder.length + 1) : file,
  );
  const stems = files.map((file) => file.replace(/\.ya?ml$/i, ''));
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem.toLowerCase(), (counts.get(stem.toLowerCase()) ?? 0) + 1);
  return stems.map((stem, index) => {
    const isShared = (counts.get(stem.toLowerCase()) ?? 0) > 1;
    return `detections/${isShared ? (files[index] ?? stem) : stem}.json`;
  });
}

/** The most that the expressions of one detection grow by when they are evaluated: each ends in an ARM id at most. */
const evaluationBytes = 1_024;

/** Splits where the next detection would break a limit. */
function groupByLimits(
  desired: readonly DesiredResource[],
  options: ArmTemplateOptions,
): readonly (readonly DesiredResource[])[] {
  const frameBytes = byteLength(toText(buildArmTemplate([], options)));
  const groups: DesiredResource[][] = [];
  let resources = Infinity;
  let bytes = Infinity;
  for (const resource of desired) {
    const template = buildArmTemplate([resource], options);
    const addedBytes = byteLength(toText(template)) - frameBytes + evaluationBytes;
    resources += template.resources.length;
    bytes += addedBytes;
    if (resources > armTemplateLimits.resources || bytes > armTemplateLimits.templateBytes) {
      groups.push([]);
      resources = template.resources.length;
      bytes = frameBytes + addedBytes;
    }
    groups.at(-1)?.push(resource);
  }
  return groups;
}

function checkResourceSize({ detection }: DesiredResource, template: ArmTemplate): void {
  const { resourceBytes: limit } = armTemplateLimits;
  const largest = Math.max(...template.resources.map((resource) => byteLength(JSON.stringify(resource))));
  if (largest <= limit) return;
  throw new ToolError(
    'content-invalid',
    `the resource of "${detection.file}" has ${largest} bytes; an ARM template takes ${limit}`,
    { hint: 'shorten the query, or deploy without templates: kustodian deploy' },
  );
}

function toText(template: ArmTemplate): string {
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
