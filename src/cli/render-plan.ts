import type { Plan } from '../plan/plan.ts';
import { renderPlanJson } from '../report/render-plan-json.ts';
import { renderPlanMarkdown } from '../report/render-plan-markdown.ts';
import { renderPlanText } from '../report/render-plan-text.ts';
import type { Host } from './host.ts';
import { paletteFor } from './palette.ts';

/** The formats that a plan, and what became of it, can be printed in. */
export const planFormats = ['text', 'json', 'markdown'] as const;
export type PlanFormat = (typeof planFormats)[number];

/** A plan for standard output. */
export function renderPlan(plan: Plan, format: PlanFormat, host: Host): string {
  switch (format) {
    case 'text':
      return renderPlanText(plan, paletteFor(host.stdout, host.env));
    case 'json':
      return renderPlanJson(plan);
    case 'markdown':
      return renderPlanMarkdown(plan);
  }
}
