import type { VerbEntry } from '../verb.ts';

/** The verbs in the order in which a newcomer meets them. */
export const verbs: readonly VerbEntry[] = Object.freeze([
  {
    name: 'validate',
    summary: 'find every mistake in the detections, at its line',
    load: async () => (await import('./validate.ts')).validate,
  },
  {
    name: 'test',
    summary: 'run the detections over the rows of their scenarios, and compare the alerts',
    load: async () => (await import('./test.ts')).test,
  },
  {
    name: 'simulate',
    summary: 'run the schedule of a detection over a timeline of rows',
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'explain',
    summary: 'say what the code of a finding means, with examples',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'fmt',
    summary: 'lay out the KQL in the detections, and change nothing else of them',
    load: async () => (await import('./fmt.ts')).fmt,
  },
  {
    name: 'render',
    summary: 'show the resource that a detection becomes in an environment, and where each value came from',
    load: async () => (await import('./render.ts')).render,
  },
  {
    name: 'build',
    summary: 'write ARM templates of an environment, to deploy without Kustodian',
    load: async () => (await import('./build.ts')).build,
  },
  {
    name: 'plan',
    summary: 'read the workspace and show what a deploy would change',
    load: async () => (await import('./plan.ts')).plan,
  },
  {
    name: 'deploy',
    summary: 'validate, plan, and carry the plan out',
    load: async () => (await import('./deploy.ts')).deploy,
  },
  {
    name: 'drift',
    summary: 'name field by field what was changed in the workspace',
    load: async () => (await import('./drift.ts')).drift,
  },
  {
    name: 'rollback',
    summary: 'bring back what a deploy changed, from the snapshot that it kept',
    load: async () => (await import('./rollback.ts')).rollback,
  },
  {
    name: 'disable',
    summary: 'switch an alert rule off in the workspace, and keep it off for a time',
    load: async () => (await import('./disable.ts')).disable,
  },
  {
    name: 'doctor',
    summary: 'check all that a plan or a deploy to an environment needs, with what to do where it is missing',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'emulator',
    summary: 'serve the embedded workspace over HTTP, for other clients',
    load: async () => (await import('./emulator.ts')).emulator,
  },
]);
