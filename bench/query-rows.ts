import { Datetime } from '../src/engine/value.ts';
import type { EngineColumn } from '../src/engine/scope.ts';
import type { Row } from '../src/engine/value.ts';

/** The columns of the rows that the query is measured over. */
export const queryColumns: readonly EngineColumn[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Computer', type: 'string' },
  { name: 'EventID', type: 'int' },
  { name: 'Account', type: 'string' },
  { name: 'CommandLine', type: 'string' },
  { name: 'ProcessId', type: 'long' },
];

/** 2026-01-15T12:00:00Z: when the query is run. The rows lie in the two days before. */
export const queryNow = new Datetime(639_040_752_000_000_000n);

const commands = [
  'powershell.exe -NoProfile -EncodedCommand SQBFAFgA',
  'C:\\Windows\\System32\\cmd.exe /c whoami /all',
  'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule',
  '"C:\\Program Files\\PowerShellTools\\updater.exe" --check',
  'rundll32.exe C:\\Users\\Public\\payload.dll,EntryPoint',
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\PowerShell.exe -File C:\\jobs\\backup.ps1',
];
const eventIds = [4688n, 4688n, 4688n, 4624n, 4625n];
const ticksOfTwoDays = 1_728_000_000_000;

/** Process events of 500 computers and 5,000 accounts; the same ones for the same count. */
export function buildQueryRows(count: number): readonly Row[] {
  const next = numbersFrom(20_260_115);
  return Array.from({ length: count }, (_row, index): Row => {
    const command = commands[next() % commands.length] ?? '';
    return [
      new Datetime(queryNow.ticks - BigInt(next() % ticksOfTwoDays)),
      `host-${next() % 500}.contoso.example`,
      eventIds[next() % eventIds.length] ?? 0n,
      `CONTOSO\\user${next() % 5_000}`,
      `${command} #${index}`,
      BigInt(next() % 65_536),
    ];
  });
}

/** A linear congruential generator (the constants of Numerical Recipes): 32-bit numbers. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
