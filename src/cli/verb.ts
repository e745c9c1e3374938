import type { Command } from 'commander';
import type { Host } from './host.ts';
import type { Options } from './options.ts';

/** How the process ends. docs/cli.md has the cases behind each. */
export const exitCodes = { clean: 0, findings: 1, stopped: 2, changes: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One verb of the CLI. Its file is imported only when the verb is used. */
export interface Verb {
  /** Adds arguments, options and help text. */
  configure(command: Command): void;
  /** Runs with the positional arguments and the options as commander parsed them. */
  run(host: Host, args: readonly string[], options: Options): Promise<ExitCode>;
}

/** What `kustodian --help` says of a verb, and how to get at it. */
export interface VerbEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Verb>;
}
