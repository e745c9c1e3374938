import { escapeMarkdown } from './markdown-escapes.ts';

/** Behind a plan: the digest of the file that it was saved in, for whoever approves it. */
export function renderSavedPlanMarkdown({
  file,
  digest,
}: {
  readonly file: string;
  readonly digest: string;
}): string {
  return `\nSaved in ${escapeMarkdown(file)} with the digest \`sha256:${digest}\`: nothing else is what is approved.\n`;
}
