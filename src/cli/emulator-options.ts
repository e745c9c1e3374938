import { Option, type Command } from 'commander';

/** Choices about a behaviour of the service that was seen both ways, or not at all. */
export const refusals = ['refuse', 'accept'] as const;
/** Whom the caller is taken for. */
export const roles = ['owner', 'deploy', 'plan'] as const;
export const valueForms = ['as-sent', 'rewritten'] as const;

/** Declares how the served workspace shall behave. */
export function addEmulatorOptions(command: Command): void {
  command.option(
    '--token <token>',
    'require a bearer token: this one, or "any" that the token endpoint gives out',
  );
  command.option('--log', 'print every request and its status to standard error');
  command.option('--latency <ms>', 'make every request take at least so long');
  command.option('--throttle', 'limit requests as Azure Resource Manager does, with 429 and Retry-After');
  command.option('--faults <file>', 'make requests fail by a script (docs/emulator.md)');
  command.option('--page-size <number>', 'items on a page of a list; all on one page if not given');
  command.option(
    '--check-queries',
    'refuse queries whose tables or columns are unknown, as the service does',
  );
  command.addOption(
    new Option('--stale-etag <how>', 'a write with an old etag').choices(refusals).default('refuse'),
  );
  command.addOption(
    new Option('--missing-etag <how>', 'an update without an etag').choices(refusals).default('accept'),
  );
  command.addOption(
    new Option('--deleted-id <how>', 'an alert rule id that was deleted less than a day ago')
      .choices(refusals)
      .default('accept'),
  );
  command.addOption(
    new Option('--values <how>', 'values in answers: as sent, or durations and lists in another form')
      .choices(valueForms)
      .default('as-sent'),
  );
  command.addOption(
    new Option('--role <role>', 'what the caller may do: all, or just what docs/permissions.md lists for it')
      .choices(roles)
      .default('owner'),
  );
  command.option(
    '--deny <action>',
    'what the caller may not do, such as "*/alertRules/delete"; can be repeated',
    (value: string, earlier: readonly string[]) => [...earlier, value],
    [],
  );
  command.option('--max-scheduled <number>', 'enabled Scheduled alert rules that the workspace takes');
  command.option('--max-nrt <number>', 'enabled NRT alert rules that the workspace takes');
}
