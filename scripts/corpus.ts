#!/usr/bin/env node
/**
 * `npm run corpus -- PATH [--warnings] [--max-refused N] [--deploy]`: what becomes of every detection under PATH. With
 * `--deploy`, what they compile to is deployed twice to an embedded workspace that is as slow and strict as Azure.
 * `npm run corpus -- PATH --engine`: which of their queries the engine plans. Fails below 95 %, or if it breaks over one.
 */
import { parseArgs } from 'node:util';
import { deployCorpus } from '../src/cli/deploy-corpus.ts';
import { createNodeFileSystem } from '../src/cli/node-file-system.ts';
import { findEnvironment, loadConfig } from '../src/detection/load-config.ts';
import { loadBuiltinSchema } from '../src/kql/schemas/builtin-schema.ts';
import { renderEngineSurveyText } from '../src/report/render-engine-survey-text.ts';
import { renderSurveyText } from '../src/report/render-survey-text.ts';
import { surveyCorpus } from '../src/validate/survey-corpus.ts';
import { surveyEngine } from '../src/validate/survey-engine.ts';
import { isContentFile } from '../src/validate/validate-content.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    warnings: { type: 'boolean', default: false },
    'max-refused': { type: 'string' },
    deploy: { type: 'boolean', default: false },
    engine: { type: 'boolean', default: false },
  },
});
const path = positionals[0];
if (path === undefined)
  throw new Error('usage: npm run corpus -- PATH [--warnings] [--max-refused N] [--deploy] | --engine');

const fs = createNodeFileSystem(process.cwd());
const files = (await fs.listFiles(path)).filter(isContentFile);
if (values.engine) await planQueries();
else await surveyDetections();

async function planQueries(): Promise<void> {
  const survey = await surveyEngine(fs, files, await loadBuiltinSchema());
  process.stdout.write(renderEngineSurveyText(survey));
  if (survey.planned < 0.95 * survey.bound || survey.crashes.length > 0) process.exitCode = 1;
}

async function surveyDetections(): Promise<void> {
  const text = 'owner: corpus\nenvironments:\n  local:\n    cloud: local\n';
  const { config } = loadConfig('kustodian.yaml', new TextEncoder().encode(text));
  if (config === undefined) throw new Error('the configuration of the survey does not load');
  const environment = findEnvironment(config, 'local');

  const survey = await surveyCorpus(fs, files, environment);
  process.stdout.write(renderSurveyText(survey, { showWarnings: values.warnings }));
  if (survey.refused.length > Number(values['max-refused'] ?? Infinity)) process.exitCode = 1;

  if (values.deploy) {
    const { resources, applied, problems, throttled, seconds, secondRun } = await deployCorpus(
      survey.resources,
      environment,
    );
    for (const problem of problems) console.log(problem);
    console.log(
      `deployed:   ${applied} of ${resources} in ${seconds.toFixed(1)} s, ${throttled} answers of 429`,
    );
    console.log(
      `second run: ${Object.entries(secondRun)
        .map(([method, count]) => `${count} ${method}`)
        .join(', ')}`,
    );
    const isQuiet = Object.keys(secondRun).join() === 'GET' && secondRun['GET'] === 3;
    if (applied !== resources || throttled > 20 || !isQuiet) process.exitCode = 1;
  }
}
