import { Command, CommanderError } from 'commander';
import { ToolError } from '../core/tool-error.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { Host } from './host.ts';
import { exitCodes, type ExitCode } from './verb.ts';
import { verbs } from './verbs/index.ts';
import { version } from './version.ts';

const examples = `
Examples:
  kustodian validate                     check everything under detections/
  kustodian deploy                       deploy to the embedded local workspace
  kustodian plan --env staging           what would change in staging
  kustodian deploy --env staging --yes   change it

Exit codes: 0 done and clean; 1 findings, a failed change or a declined question; 2 usage, configuration,
authentication or a bug; 3 only for "plan --detailed-exitcode" with changes.`;

/** Parses the command line and runs the verb that it names. Only that verb's code is loaded. */
export async function runProgram(argv: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.clean;
  const program = new Command('kustodian')
    .description('Keeps a Microsoft Sentinel workspace in the state that this Git repository describes.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a verb, the help of the verb')
    .addHelpText('after', examples)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        host.stdout.write(text);
      },
      writeErr: () => undefined, // usage errors are thrown and reported by main, once
      getOutHelpWidth: () => host.stdout.columns,
    });
  const named = argv.find((word) => !word.startsWith('-'));
  for (const entry of verbs) {
    const command = program.command(entry.name).description(entry.summary);
    if (entry.name !== named && !(named === 'help' && argv.includes(entry.name))) continue;
    const verb = await entry.load();
    verb.configure(command);
    command.action(async () => {
      exitCode = await verb.run(host, command.args, command.opts());
    });
  }
  try {
    if (argv.length === 0) program.help();
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || argv.length === 0) return exitCodes.clean;
    throw usageError(error, named);
  }
  return exitCode;
}

function usageError(error: CommanderError, named: string | undefined): ToolError {
  if (error.code === 'commander.unknownCommand' || error.code === 'commander.excessArguments') {
    const names = verbs.map((verb) => verb.name);
    if (named !== undefined && !names.includes(named)) {
      const nearest = nearestName(named, names);
      return new ToolError('usage', `"${named}" is no verb of kustodian`, {
        hint: nearest === undefined ? `the verbs are ${names.join(', ')}` : `did you mean "${nearest}"?`,
      });
    }
  }
  return new ToolError('usage', error.message.replace(/^error: /, ''), {
    hint: `see kustodian ${named === undefined ? '' : `${named} `}--help`,
  });
}
