#!/usr/bin/env node
/** `npm run docs`: writes the generated pages; with `--check`, fails if one is not current. */
import { readFile, writeFile } from 'node:fs/promises';
import { describeSupport } from '../src/engine/describe-support.ts';
import { readKnownNames } from '../src/kql/known-names.ts';
import { renderAlertBehavioursPage } from '../src/report/render-alert-behaviours-page.ts';
import { renderChecksPage } from '../src/report/render-checks-page.ts';
import { renderSupportPage } from '../src/report/render-support-page.ts';
import { renderMutationPage } from '../src/report/render-mutation-page.ts';
import { renderBehavioursPage } from '../src/emulator/render-behaviours-page.ts';
import { mutators } from '../src/testing/mutation/registry.ts';
import { alertBehaviours } from '../src/testing/sentinel/behaviours.ts';
import { codeGroups } from '../src/validate/codes.ts';

const pages: Readonly<Record<string, string>> = {
  'docs/alert-behaviours.md': renderAlertBehavioursPage(alertBehaviours),
  'docs/checks.md': renderChecksPage(codeGroups),
  'docs/emulator-behaviours.md': renderBehavioursPage(),
  'docs/kql-support.md': renderSupportPage(describeSupport(readKnownNames())),
  'docs/mutation.md': renderMutationPage(mutators),
};

for (const [file, page] of Object.entries(pages)) {
  const current = await readFile(file, 'utf8').catch(() => '');
  if (current === page) continue;
  if (process.argv.includes('--check')) {
    console.error(`error: ${file} is not current; run npm run docs`);
    process.exitCode = 1;
  } else {
    await writeFile(file, page);
    console.log(`wrote ${file}`);
  }
}
