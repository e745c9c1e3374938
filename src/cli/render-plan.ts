import type { Command } from 'commander';
import type { Plan } from '../plan/plan.ts';
import { defaultMaxSize } from '../report/fit-markdown.ts';
import { renderPlanJson } from '../report/render-plan-json.ts';
import { renderPlanMarkdown } from '../report/render-plan-markdown.ts';
import { renderPlanText } from '../report/render-plan-text.ts';
import type { Host } from './host.ts';
import { numberOption, type Options } from './options.ts';
import { paletteFor } from './palette.ts';

/** The formats that a plan, and what became of it, can be printed in. */
export const planFormats = ['text', 'json', 'markdown'] as const;
export type PlanFormat = (typeof planFormats)[number];

/** A plan for standard output; in Markdown of so many bytes at most. */
export function renderPlan(plan: Plan, format: PlanFormat, host: Host, maxSize = defaultMaxSize): string {
  switch (format) {
    case 'text':
      return renderPlanText(plan, paletteFor(host.stdout, host.env));
    case 'json':
      return renderPlanJson(plan);
    case 'markdown':
      return renderPlanMarkdown(plan, { maxSize });
  }
}

/** Declares how large a Markdown report may be. */
export function addSizeOption(command: Command): void {
  command.option(
    '--max-size <bytes>',
    'shorten Markdown to so many bytes, the largest diffs first; a comment of GitHub takes 65536',
    String(defaultMaxSize),
  );
}

/** Reads it: the bytes that each of so many sections may have. */
export function readSize(options: Options, sections: number): number {
  const maxSize = numberOption(options, 'maxSize', { from: 1_000 }) ?? defaultMaxSize;
  return shareOf(maxSize, sections);
}

/** What each section of a report may have; what frames them takes its part. */
export function shareOf(maxSize: number, sections: number): number {
  return sections <= 1 ? maxSize - 200 : Math.floor((maxSize - 300) / sections) - 20;
}
