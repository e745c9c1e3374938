import { createHash } from 'node:crypto';
import { isJsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { parsePlan } from './parse-plan.ts';
import type { Plan } from './plan.ts';

/** A plan for one workspace of an environment that has many. */
export interface PlanSetEntry {
  /** The name of the workspace in kustodian.yaml. */
  readonly workspace: string;
  /** SHA-256 of `formatPlan(plan)`, hexadecimal. */
  readonly digest: string;
  readonly plan: Plan;
}

/** A workspace that no plan could be made for. */
export interface PlanSetFailure {
  readonly workspace: string;
  readonly error: { readonly code: string; readonly message: string };
}

/** The plans for the workspaces of an environment: what a saved plan holds where there are many. */
export interface PlanSet {
  readonly formatVersion: 1;
  readonly environment: string;
  readonly plans: readonly PlanSetEntry[];
  readonly failed: readonly PlanSetFailure[];
}

/** A plan as text: what a file holds, and what a digest is of. */
export function formatPlan(plan: Plan | PlanSet): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

/** SHA-256 of a text or of the bytes of a file, hexadecimal. */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Puts plans together. */
export function createPlanSet(
  environment: string,
  plans: readonly { readonly workspace: string; readonly plan: Plan }[],
  failed: readonly PlanSetFailure[],
): PlanSet {
  const entries = plans.map(({ workspace, plan }) => ({
    workspace,
    digest: digestOf(formatPlan(plan)),
    plan,
  }));
  return { formatVersion: 1, environment, plans: entries, failed };
}

/**
 * Reads a saved plan, or the plans for many workspaces.
 *
 * @param file for messages
 * @throws ToolError `plan-invalid` if the text is neither, or if a plan of a set is not the one that its digest is of
 */
export function parsePlans(text: string, file: string): Plan | PlanSet {
  const data = parseJson(text);
  if (!isJsonObject(data) || !Array.isArray(data['plans'])) return parsePlan(text, file);
  const { formatVersion, environment, plans, failed } = data;
  if (formatVersion !== 1 || typeof environment !== 'string' || !Array.isArray(failed)) {
    throw invalid(file, 'it is not of this format');
  }
  return {
    formatVersion,
    environment,
    plans: plans.map((entry) => parseEntry(entry, file)),
    failed: failed.map((entry) => parseFailure(entry, file)),
  };
}

function parseEntry(entry: unknown, file: string): PlanSetEntry {
  if (!isJsonObject(entry) || typeof entry['workspace'] !== 'string') {
    throw invalid(file, 'one of its plans names no workspace');
  }
  const { workspace, digest } = entry;
  const plan = parsePlan(JSON.stringify(entry['plan'] ?? null), `${file}, workspace ${workspace}`);
  const actual = digestOf(formatPlan(plan));
  if (digest !== actual) throw invalid(file, `the plan for "${workspace}" was changed after it was made`);
  return { workspace, digest: actual, plan };
}

function parseFailure(entry: unknown, file: string): PlanSetFailure {
  const workspace = isJsonObject(entry) ? entry['workspace'] : undefined;
  const error = isJsonObject(entry) && isJsonObject(entry['error']) ? entry['error'] : {};
  const { code, message } = error;
  if (typeof workspace === 'string' && typeof code === 'string' && typeof message === 'string') {
    return { workspace, error: { code, message } };
  }
  throw invalid(file, 'one of its failures says not what failed');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(file: string, what: string): ToolError {
  return new ToolError('plan-invalid', `"${file}" is no saved plan: ${what}`, {
    hint: 'make one with kustodian plan --out FILE, of the same version of Kustodian, and do not edit it',
  });
}
