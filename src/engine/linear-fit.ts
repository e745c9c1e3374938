/** A straight line through the values of a series at 0, 1, 2, … */
export interface LinearFit {
  readonly slope: number;
  readonly intercept: number;
  /** The values of the line. */
  readonly line: readonly number[];
  /** Of the values, and of what the line leaves; of a sample. */
  readonly variance: number;
  readonly residualVariance: number;
  /** How much of the variance the line explains, from 0 to 1. */
  readonly rSquare: number;
}

/** Fits a line by least squares. */
export function fitLine(values: readonly number[]): LinearFit {
  const size = values.length;
  const meanX = (size - 1) / 2;
  const meanY = mean(values);
  const products = values.reduce((sum, value, index) => sum + (index - meanX) * (value - meanY), 0);
  const squares = values.reduce((sum, _value, index) => sum + (index - meanX) ** 2, 0);
  const slope = squares === 0 ? 0 : products / squares;
  const intercept = meanY - slope * meanX;
  const line = values.map((_value, index) => intercept + slope * index);
  const total = values.reduce((sum, value) => sum + (value - meanY) ** 2, 0);
  const left = values.reduce((sum, value, index) => sum + (value - (line[index] ?? NaN)) ** 2, 0);
  const degrees = Math.max(1, size - 1);
  return {
    slope,
    intercept,
    line,
    variance: total / degrees,
    residualVariance: left / degrees,
    rSquare: total === 0 ? 0 : 1 - left / total,
  };
}

/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which a share (0 to 1) of some values lies, between two of them on a line; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return low + (high - low) * (place - Math.floor(place));
}
