import type { Change, FieldDiff, Held, Pointing, RemovalReason, WriteChange } from '../plan/plan.ts';
import { refusalReason } from '../plan/refusal-reason.ts';
import { fieldNames } from './field-view.ts';

/** What is to be said of a change besides its fields, a line each. Not yet escaped for any format. */
export function changeNotes(change: Change): readonly string[] {
  switch (change.action) {
    case 'create':
      return change.isMissing
        ? ['its metadata is there without it: deleted in the workspace, or an earlier run stopped here']
        : [];
    case 'replace':
      return [
        `the service changes no kind: once it is there under this name, "${change.replaces.name}" is deleted`,
        ...editedNote(change.replaces.edited),
        ...pointingNotes(change.replaces.pointedAtBy),
      ];
    case 'disable':
    case 'delete':
      return [
        ...(change.reason === 'requested' ? requestedNote(change) : [removalWords(change.reason)]),
        ...editedNote(change.edited),
        ...pointingNotes(change.action === 'delete' ? change.pointedAtBy : undefined),
      ];
    case 'blocked':
      return [change.reason, ...pointingNotes(change.pointedAtBy)];
    case 'not-ours':
      return [refusalReason(change) ?? []].flat();
    case 'held':
      return [heldNote(change)];
    case 'update':
    case 'forget':
    case 'no-op':
    case 'orphan':
      return [];
  }
}

/** Why a resource of ours is no longer wanted, in words. */
export function removalWords(reason: RemovalReason): string {
  switch (reason) {
    case 'not-described':
      return 'no longer described';
    case 'not-selected':
      return 'no longer selected for this environment';
    case 'superseded':
      return 'left behind by a replace that was cut short';
    case 'rolled-back':
      return 'was not there before the deploy that is rolled back';
  }
}

/** What of a change is held, in words: `left off`, or `held until …`. */
export function heldWords({ by, until, heldBy }: Held): string {
  if (by === 'auto-disabled') return 'left off';
  const where = heldBy === 'workspace' ? ' as the workspace remembers' : '';
  return `held${until === undefined ? '' : ` until ${until}`}${where}`;
}

const participles: Readonly<Record<Exclude<WriteChange['action'], 'forget'>, string>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  disable: 'disabled',
  delete: 'deleted',
};

function heldNote({ reason, wouldBe, isMissing, by, heldBy }: Held): string {
  if (by === 'auto-disabled') return reason;
  return `would be ${participles[wouldBe]}${isMissing === true ? ' again' : ''}; reason: ${reason}${heldBy === 'workspace' ? ' (--lift-holds ends it now)' : ''}`;
}

/** There may be nothing left to switch off. */
function requestedNote({ fields = [] }: { readonly fields?: readonly FieldDiff[] }): readonly string[] {
  return fields.length === 0 ? ['it is off already; only the hold is remembered on the workspace'] : [];
}

function editedNote(edited: readonly string[]): readonly string[] {
  return edited.length === 0 ? [] : [`edited in the workspace: ${fieldNames(edited)}`];
}

function pointingNotes(pointings: readonly Pointing[] = []): readonly string[] {
  return pointings.map(({ type, name, displayName }) =>
    type === 'automation-rule'
      ? `the automation rule "${displayName}" (${name}) names it`
      : `it starts the playbook "${displayName}" (action ${name})`,
  );
}
