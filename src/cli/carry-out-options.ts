import type { Command } from 'commander';
import type { CarryOutOptions } from './carry-out.ts';
import type { RunVerb } from '../report/run-report.ts';
import { addFormatOption, choiceOption, flagOption, type Options } from './options.ts';
import { planFormats } from './render-plan.ts';
import { addReportOption, readReports } from './reports.ts';
import { runFormats } from './run-reports.ts';
import { addLimitOptions, readLimits } from './target-options.ts';

/** Declares how a plan is carried out, for every verb that does it. */
export function addCarryOutOptions(command: Command): void {
  addLimitOptions(command);
  command.option('-y, --yes', 'do not ask');
  command.option('-n, --dry-run', 'show the plan and stop');
  addReportOption(command, 'what was done');
  addFormatOption(command, planFormats);
}

/** Reads it. */
export function readCarryOut(options: Options, verb: RunVerb): CarryOutOptions {
  return {
    format: choiceOption(options, 'format', planFormats),
    isDryRun: flagOption(options, 'dryRun'),
    isSure: flagOption(options, 'yes'),
    limits: readLimits(options),
    reports: readReports(options, runFormats),
    verb,
  };
}
