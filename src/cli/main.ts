import { redactSecrets, secretsOf } from '../azure/redact-secrets.ts';
import { toMissingPackage } from '../core/missing-package.ts';
import { ToolError } from '../core/tool-error.ts';
import { githubCommand } from '../report/github-command.ts';
import type { Host } from './host.ts';
import { runProgram } from './program.ts';
import { exitCodes, type ExitCode } from './verb.ts';

/**
 * Runs the tool once. Every error that reaches this point becomes one message on stderr and an exit code; nothing else
 * catches all errors. Gives the exit code, which the entry script sets.
 */
export async function main(argv: readonly string[], host: Host): Promise<ExitCode> {
  try {
    return await runProgram(argv, host);
  } catch (thrown) {
    const error = toMissingPackage(thrown) ?? thrown;
    const text = describeFailure(error, host.env['KUSTODIAN_DEBUG'] !== undefined);
    // Messages hold no secret as they are; this stands behind those that nobody here wrote.
    host.stderr.write(redactSecrets(text, secretsOf(host.env)));
    if (host.env['GITHUB_ACTIONS'] === 'true') host.stderr.write(annotateFailure(error));
    return error instanceof ToolError && error.code === 'cancelled' ? exitCodes.findings : exitCodes.stopped;
  } finally {
    await host.locks.release();
  }
}

/** In a workflow, the error also stands at the top of the run's page. */
function annotateFailure(error: unknown): string {
  const { title, message } =
    error instanceof ToolError
      ? { title: error.code, message: [error.message, ...(error.hint ? [error.hint] : [])].join('\n') }
      : { title: 'internal', message: String(error) };
  return githubCommand('error', { title }, message);
}

function describeFailure(error: unknown, debug: boolean): string {
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  if (error instanceof ToolError) {
    const hint = error.hint === undefined ? '' : `  help: ${error.hint}\n`;
    return `error: ${error.message} [${error.code}]\n${hint}${stack}`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `error: this is a bug in kustodian: ${reason} [internal]\n` +
    `  help: run again with KUSTODIAN_DEBUG=1 and report the output, without secrets\n${stack}`
  );
}
