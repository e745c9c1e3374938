import type { RunVerb } from './run-report.ts';

const titles = {
  deploy: ['Deployed to', 'Not fully deployed to'],
  rollback: ['Rolled back in', 'Not fully rolled back in'],
  disable: ['Disabled in', 'Not disabled in'],
} as const satisfies Readonly<Record<RunVerb, readonly [string, string]>>;

/** What a run came to, in words that the name of the environment follows: `Deployed to`, `Not fully rolled back in`. */
export function runTitle(verb: RunVerb = 'deploy', isComplete = true): string {
  const [complete, incomplete] = titles[verb];
  return isComplete ? complete : incomplete;
}
