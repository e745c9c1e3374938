import { ToolError } from './tool-error.ts';

/**
 * What to tell of an error that Node gives when it finds no package or file to import: an installation that is not complete, not
 * a network that fails. Undefined for any other error.
 */
export function toMissingPackage(error: unknown): ToolError | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') return undefined;
  const message = 'message' in error ? String(error.message) : '';
  const [, what = 'package', name] = /^Cannot find (package|module) '([^']+)'/.exec(message) ?? [];
  const named = name === undefined ? 'a package that this needs' : `the ${what} "${name}"`;
  return new ToolError('installation-incomplete', `${named} is not installed`, {
    cause: error,
    hint: 'install what package-lock.json lists, with npm ci, and build with npm run build',
  });
}
