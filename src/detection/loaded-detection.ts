import type { Diagnostic, SourceSpan } from '../core/diagnostic.ts';
import type { Detection } from './detection.ts';
import type { SourceDocument } from './source-document.ts';

/** A detection together with the place of everything in it. */
export interface LoadedDetection {
  readonly file: string;
  readonly document: SourceDocument;
  readonly detection: Detection;
  /**
   * The span for a pointer into the *authored format's canonical keys* (`/relevantTechniques/0`, `/queryFrequency`), whatever
   * alias or scalar the author used for it.
   */
  spanOf(pointer: string, part?: 'value' | 'key'): SourceSpan;
}

/**
 * What a file turned out to be. `stub`: a file that only says that the detection moved elsewhere (no query, no kind
 * that works without one); it is listed, never deployed. `invalid`: at least one diagnostic is an error.
 */
export type LoadResult =
  | {
      readonly type: 'detection';
      readonly loaded: LoadedDetection;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly type: 'stub'; readonly file: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'invalid'; readonly file: string; readonly diagnostics: readonly Diagnostic[] };
