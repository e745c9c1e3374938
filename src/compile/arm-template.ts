import type { JsonObject } from '../core/json.ts';
import { logAnalyticsApiVersion } from '../sentinel/api-versions.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import { buildMetadata, metadataName } from '../sentinel/metadata.ts';
import { escapeTemplateText, quoteInExpression } from './arm-template-text.ts';

/** What an ARM template needs to know beside the resources. */
export interface ArmTemplateOptions {
  /** The owner id of kustodian.yaml. */
  readonly owner: string;
  /** api-version of the SecurityInsights provider. */
  readonly apiVersion: string;
  /** Name of the workspace: what the template's only parameter is if a deployment does not say otherwise. */
  readonly workspace: string;
  /** What the metadata of a resource remembers of its deployment, so that later runs tell edits apart; nothing if left out. */
  readonly customVersionOf?: (resource: DesiredResource) => string;
}

/** A template for the deployments of a resource group. */
export interface ArmTemplate {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly parameters: JsonObject;
  readonly resources: readonly JsonObject[];
}

const workspaceType = 'Microsoft.OperationalInsights/workspaces';
const sentinel = 'Microsoft.SecurityInsights';
const workspace = `parameters('workspace')`;

/**
 * A template for a deployment to the resource group of the workspace, which writes what `deploy` would write: each
 * detection's metadata, then its resource, so that a deployment which stops in between leaves nothing of unknown origin.
 */
export function buildArmTemplate(
  desired: readonly DesiredResource[],
  options: ArmTemplateOptions,
  contentVersion = '1.0.0.0',
): ArmTemplate {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion,
    parameters: {
      workspace: {
        type: 'string',
        defaultValue: options.workspace,
        metadata: { description: 'Name of the Log Analytics workspace that has Microsoft Sentinel.' },
      },
    },
    resources: desired.flatMap((resource) => toTemplateResources(resource, options)),
  };
}

/** The template of one detection. A version `1.2.3` of the detection is the template's `1.2.3.0`. */
export function buildDetectionTemplate(desired: DesiredResource, options: ArmTemplateOptions): ArmTemplate {
  const { version = '' } = desired.detection;
  return buildArmTemplate([desired], options, /^\d+\.\d+\.\d+$/.test(version) ? `${version}.0` : undefined);
}

function toTemplateResources(
  resource: DesiredResource,
  { owner, apiVersion, customVersionOf }: ArmTemplateOptions,
): readonly JsonObject[] {
  const { kind, name, detection, body } = resource;
  const route = routes[kind];
  const ourName = metadataName(kind, name);
  const metadata = buildMetadata({ owner, kind, detection, parentId: '' });
  return [
    {
      type: metadataRoute.type,
      apiVersion,
      name: nameExpression(metadataRoute, ourName),
      properties: {
        ...escapeTemplateText({
          ...metadata.properties,
          ...(customVersionOf === undefined ? {} : { customVersion: customVersionOf(resource) }),
        }),
        parentId: idExpression(route, name),
      },
    },
    {
      type: route.type,
      apiVersion: kind === 'alertRule' ? apiVersion : logAnalyticsApiVersion,
      name: nameExpression(route, name),
      dependsOn: [idExpression(metadataRoute, ourName)],
      // Without an etag the service refuses to change a saved search that is there.
      ...(kind === 'savedSearch' ? { etag: '*' } : {}),
      ...escapeTemplateText({ ...body } as JsonObject),
    },
  ];
}

/** A type of resource in a template, and what its name has between the workspace's and its own. */
interface TemplateRoute {
  readonly type: string;
  readonly namespace?: string;
}

const routes: Readonly<Record<DesiredResource['kind'], TemplateRoute>> = {
  alertRule: { type: `${workspaceType}/providers/alertRules`, namespace: sentinel },
  savedSearch: { type: `${workspaceType}/savedSearches` },
};
const metadataRoute: TemplateRoute = { type: `${workspaceType}/providers/metadata`, namespace: sentinel };

/** The names of all segments of the type, joined by slashes. */
function nameExpression({ namespace }: TemplateRoute, name: string): string {
  const rest = [namespace, name].filter((segment) => segment !== undefined).join('/');
  return `[concat(${workspace}, ${quoteInExpression(`/${rest}`)})]`;
}

/** The ARM id, in the subscription and resource group that is deployed to. */
function idExpression({ type, namespace }: TemplateRoute, name: string): string {
  const names = [namespace, name].filter((segment) => segment !== undefined).map(quoteInExpression);
  return `[resourceId(${[quoteInExpression(type), workspace, ...names].join(', ')})]`;
}
