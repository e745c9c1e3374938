import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import { compileSchema, textParameter, type SchemaViolation } from '../core/json-schema.ts';
import { isJsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { planFormatVersion, type Plan } from './plan.ts';

const validate = compileSchema(planSchema);

/**
 * Reads a saved plan.
 *
 * @param file for messages
 * @throws ToolError `plan-invalid` if the text is no plan of this version
 */
export function parsePlan(text: string, file: string): Plan {
  const fail = (what: string): never => {
    throw new ToolError('plan-invalid', `"${file}" is no saved plan: ${what}`, {
      hint: 'make one with kustodian plan --out FILE, of the same version of Kustodian, and do not edit it',
    });
  };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return fail('it is not JSON');
  }
  const version = isJsonObject(data) ? data['formatVersion'] : undefined;
  if (typeof version === 'number' && version !== planFormatVersion) {
    return fail(
      `its format is version ${version}, and this Kustodian writes and runs version ${planFormatVersion}`,
    );
  }
  const [violation] = validate(data);
  if (violation !== undefined) return fail(describe(violation));
  return data as Plan;
}

function describe(violation: SchemaViolation): string {
  const place = violation.pointer === '' ? '' : `"${violation.pointer}" `;
  const property = textParameter(violation, 'additionalProperty');
  return `${place}${violation.message}${property === '' ? '' : ` ("${property}")`}`;
}
