import type { JsonObject } from '../core/json.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { changesLogic, isAutoDisabled } from './auto-disabled.ts';
import { rememberedHoldOf } from './metadata.ts';
import type { ActiveHold, PlanInput } from './plan-input.ts';
import type { Change, FieldDiff, Held, WriteChange } from './plan.ts';
import { isWrite } from './summarise-plan.ts';

/** What a change is judged by: the resource as it is, and the metadata of ours that marks it. */
export interface HoldSubject {
  readonly live: LiveResource | undefined;
  readonly own: LiveResource | undefined;
}

type HoldInput = Pick<PlanInput, 'holds' | 'now' | 'enableAutoDisabled'>;

/** The change, or a note that it is not made because of a hold or because the service switched the alert rule off. */
export function holdChange(change: Change, subject: HoldSubject, input: HoldInput): Change {
  if (!isWrite(change) || change.action === 'forget') return change;
  const hold = findHold(change, subject, input);
  if (hold !== undefined) return toHeld(change, { by: 'hold', ...hold });
  const isLeftOff =
    change.action === 'update' &&
    input.enableAutoDisabled !== true &&
    subject.live !== undefined &&
    isAutoDisabled(subject.live.body) &&
    isEnabled(change.body) &&
    !changesLogic(change.fields);
  return isLeftOff ? toHeld(change, { by: 'auto-disabled', reason: autoDisabledReason }) : change;
}

const autoDisabledReason =
  'the service switched it off after failures, and nothing here changes what it does; mend the query or its schedule, ' +
  'or switch it on again with --enable-auto-disabled';

/** The hold that counts for the resources of a detection, wherever it is written. */
function findHold(
  { detection }: WriteChange,
  { own }: HoldSubject,
  { holds = [], now }: HoldInput,
): Pick<Held, 'reason' | 'until' | 'heldBy'> | undefined {
  const written = holds.find(({ detectionId }) => isSameId(detectionId, detection.id));
  if (written !== undefined) return { ...withoutId(written), heldBy: 'configuration' };
  const remembered = own === undefined ? undefined : rememberedHoldOf(own);
  if (remembered === undefined || now === undefined || Date.parse(remembered.until) <= now.getTime()) {
    return undefined;
  }
  return { ...remembered, heldBy: 'workspace' };
}

function withoutId({ reason, until }: ActiveHold): Pick<Held, 'reason' | 'until'> {
  return { reason, until };
}

/** Ids are GUIDs, which have no case. */
function isSameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function isEnabled({ properties }: JsonObject): boolean {
  return typeof properties === 'object' && (properties as JsonObject)['enabled'] !== false;
}

function toHeld(
  change: Exclude<WriteChange, { action: 'forget' }>,
  why: Pick<Held, 'by' | 'reason' | 'until' | 'heldBy'>,
): Held {
  const { kind, displayName, detection, action } = change;
  const name = change.action === 'replace' ? change.replaces.name : change.name;
  return {
    action: 'held',
    kind,
    name,
    displayName,
    detection,
    wouldBe: action,
    ...why,
    ...(change.action === 'create' && change.isMissing ? { isMissing: true } : {}),
    fields: fieldsOf(change),
  };
}

function fieldsOf(change: WriteChange): readonly FieldDiff[] {
  return 'fields' in change ? change.fields : [];
}
