import type { ReplayResult } from './replay-recorded.ts';

/** One line an exchange, what differs or why it was skipped below it, and the sums. */
export function renderReplay(results: readonly ReplayResult[]): string {
  const lines = results.flatMap(({ exchange, outcome, details }, index) => {
    const { api_version, evidence, method, path, status } = exchange;
    const place = path.replace(/^.*\/(?=(?:workspaces|locations)\/)/, '…/');
    const kind = evidence.startsWith('recorded') ? '' : ' (reported)';
    return [
      `${outcome.padEnd(7)} ${String(index + 1).padStart(3)} ${method} ${place} ${status} ${api_version ?? ''}${kind}`.trimEnd(),
      ...details.map((detail) => `            ${detail}`),
    ];
  });
  const count = (outcome: ReplayResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  return `${lines.join('\n')}\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`;
}
