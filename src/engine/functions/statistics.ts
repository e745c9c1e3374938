import { strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { erf, erfc, gamma, incompleteBeta, logBeta, logGamma, welchTest } from '../special-math.ts';

function onReals(signature: string, calculate: (...numbers: number[]) => number): ScalarFunction {
  return strictFunction(signature, (values) => calculate(...values.map((value) => toNumber(value) ?? NaN)));
}

/** NaN outside of 0 to 1, or of parameters that are not positive. */
function onBeta(signature: string, calculate: (x: number, a: number, b: number) => number): ScalarFunction {
  return onReals(signature, (x = NaN, a = NaN, b = NaN) =>
    x >= 0 && x <= 1 && a > 0 && b > 0 ? calculate(x, a, b) : NaN,
  );
}

function betaDensity(x: number, a: number, b: number): number {
  return Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b));
}

/** By halves: the distribution grows from 0 to 1. */
function betaInverse(chance: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < chance) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Functions of statistics. https://learn.microsoft.com/kusto/query/beta-cdf-function and its kin */
export const statisticsFunctions: readonly ScalarFunction[] = [
  onReals('gamma(number)', (x = NaN) => gamma(x)),
  onReals('loggamma(number)', (x = NaN) => logGamma(x)),
  onReals('erf(number)', (x = NaN) => erf(x)),
  onReals('erfc(number)', (x = NaN) => erfc(x)),
  onBeta('beta_cdf(x, alpha, beta)', incompleteBeta),
  onBeta('beta_pdf(x, alpha, beta)', betaDensity),
  onBeta('beta_inv(probability, alpha, beta)', betaInverse),
  onReals(
    'welch_test(mean1, variance1, count1, mean2, variance2, count2)',
    (m1 = NaN, v1 = NaN, c1 = NaN, m2 = NaN, v2 = NaN, c2 = NaN) => welchTest([m1, v1, c1], [m2, v2, c2]),
  ),
];
