/** Lanczos' coefficients for g = 7. https://en.wikipedia.org/wiki/Lanczos_approximation */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the absolute value of the gamma function. Good to about 15 digits. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.abs(Math.PI / Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  const at = shifted + 7.5;
  const sum = lanczos.reduce(
    (total, coefficient, index) => total + (index === 0 ? coefficient : coefficient / (shifted + index)),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(at) - at + Math.log(sum);
}

/** The gamma function; of a whole number the factorial of the one before it, NaN at its poles. */
export function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x <= 0) return NaN;
    if (x <= 171) return Array.from({ length: x - 1 }, (_n, index) => index + 1).reduce((a, b) => a * b, 1);
    return Infinity;
  }
  return x < 0.5 ? Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x)) : Math.exp(logGamma(x));
}

/** The regularised incomplete beta function, as a continued fraction. https://dlmf.nist.gov/8.17#v */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  const tiny = 1e-300;
  let [c, d] = [1, 1 / guard(1 - ((a + b) * x) / (a + 1), tiny)];
  let fraction = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d, tiny);
    c = guard(1 + even / c, tiny);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d, tiny);
    c = guard(1 + odd / c, tiny);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

function guard(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** The logarithm of the beta function. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** The error function: by its series up to 2.5, behind that by the continued fraction of the complement. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 2.5) return Math.sign(x) * (1 - erfc(size));
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    const next = term / (2 * n + 1);
    sum += next;
    if (Math.abs(next) < 1e-17 * Math.abs(sum)) break;
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** The complement of the error function. https://dlmf.nist.gov/7.9 */
export function erfc(x: number): number {
  if (x < 2.5) return 1 - erf(x);
  let fraction = 0;
  for (let k = 120; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** The chance that Welch's test gives for two samples to have the same mean (both tails). https://en.wikipedia.org/wiki/Welch%27s_t-test */
export function welchTest(
  [mean1, variance1, count1]: readonly [number, number, number],
  [mean2, variance2, count2]: readonly [number, number, number],
): number {
  const [share1, share2] = [variance1 / count1, variance2 / count2];
  const t = (mean1 - mean2) / Math.sqrt(share1 + share2);
  const freedom = (share1 + share2) ** 2 / (share1 ** 2 / (count1 - 1) + share2 ** 2 / (count2 - 1));
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}
