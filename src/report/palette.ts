/** How a report marks text. The caller gives one that colours where a person watches, and `plainPalette` elsewhere. */
export interface Palette {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const unchanged = (text: string): string => text;

/** Marks nothing. */
export const plainPalette: Palette = {
  red: unchanged,
  green: unchanged,
  yellow: unchanged,
  bold: unchanged,
  dim: unchanged,
};
