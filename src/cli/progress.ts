import type { ApplyEvent } from '../plan/apply-event.ts';
import { createPlainProgress } from '../report/render-progress-plain.ts';
import { renderProgressTerminal } from '../report/render-progress-terminal.ts';
import type { Host } from './host.ts';

/** Shows how far an apply is: one line rewritten on a terminal, a line a change elsewhere. */
export function createProgress({ stderr }: Host): (event: ApplyEvent) => void {
  const renderPlain = createPlainProgress();
  return (event) => {
    stderr.write(stderr.isTerminal ? renderProgressTerminal(event, stderr.columns) : renderPlain(event));
  };
}
