import {
  absent,
  appliedField,
  fieldOf,
  notYetKnown,
  type AppliedFields,
  type FieldHashes,
} from './applied-state.ts';
import type { FieldCause, FieldDiff } from './plan.ts';

/**
 * Says of each difference who made it: the repository since the last apply, the portal, or both. Leaves out where the service
 * keeps another value than we send, as it did when we sent it last. Without a memory, the differences stay as they are.
 */
export function attributeFields(
  fields: readonly FieldDiff[],
  applied: AppliedFields | undefined,
  live: FieldHashes,
  desired: FieldHashes,
): readonly FieldDiff[] {
  if (applied === undefined) return fields;
  return fields.flatMap((diff) => {
    const pointer = fieldOf(diff.pointer);
    const cause = causeOf(pointer, applied, live, desired);
    return cause === 'service' ? [] : [{ ...diff, cause }];
  });
}

function causeOf(
  pointer: string,
  applied: AppliedFields,
  live: FieldHashes,
  desired: FieldHashes,
): FieldCause | 'service' {
  const { sent, stored, before } = appliedField(applied, pointer);
  const now = live.get(pointer) ?? absent;
  const isChangedHere = (desired.get(pointer) ?? absent) !== sent;
  // A run stopped before it could note what the service makes of the value: it is written again, and noted.
  if (stored === notYetKnown) return 'pending';
  if (!isChangedHere && now === stored) return 'service';
  if (now === stored || now === before) return 'pending';
  return isChangedHere ? 'conflict' : 'drift';
}

/** The fields in which a live resource is no longer as we left it, as pointers; none where nothing is remembered. */
export function editedFields(applied: AppliedFields | undefined, live: FieldHashes): readonly string[] {
  if (applied === undefined) return [];
  const pointers = new Set([...applied.keys(), ...live.keys()]);
  return [...pointers].sort().filter((pointer) => {
    const { stored, before } = appliedField(applied, pointer);
    const now = live.get(pointer) ?? absent;
    return now !== stored && now !== before && stored !== notYetKnown;
  });
}
