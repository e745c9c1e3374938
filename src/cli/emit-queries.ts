import { join } from 'node:path/posix';
import type { Diagnostic } from '../core/diagnostic.ts';
import { ToolError } from '../core/tool-error.ts';
import { countOf } from '../report/count-of.ts';
import { emitDetection, type EmittedQuery } from '../testing/emit-kql/emit-detection.ts';
import type { PreparerContext } from '../testing/preparer.ts';
import type { DetectionTest } from '../testing/test-detection.ts';
import type { Host } from './host.ts';

/**
 * Renders the scenarios of tested detections as queries: to the output, with a blank line between them, or a file each.
 * Gives what could not be emitted.
 *
 * @param folder where the files go; the output, if left out
 */
export async function emitQueries(
  host: Host,
  tests: readonly DetectionTest[],
  context: PreparerContext,
  folder: string | undefined,
): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const texts: string[] = [];
  let written = 0;
  for (const test of tests) {
    if (host.signal.aborted) throw new ToolError('cancelled', 'the tests were interrupted');
    const { queries, diagnostics: found } = await emitDetection(test, context);
    diagnostics.push(...found);
    texts.push(...queries.map(({ query }) => query));
    if (folder === undefined) continue;
    const fs = host.fileSystem(host.cwd);
    for (const emitted of queries) {
      await fs.writeFileAtomic(join(folder, fileOf(test.loaded.file, emitted)), emitted.query);
    }
    written += queries.length;
  }
  if (folder === undefined) host.stdout.write(texts.join('\n'));
  else host.stdout.write(`${countOf(written, 'file')} written to ${folder}\n`);
  return diagnostics;
}

/** `detections/execution/run-command/02-stays-silent-for-an-own-script.kql` */
function fileOf(detection: string, { scenario, number }: EmittedQuery): string {
  const slug = scenario.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '');
  return join(detection.replace(/\.ya?ml$/i, ''), `${String(number).padStart(2, '0')}-${slug}.kql`);
}
