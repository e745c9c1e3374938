import type { ScalarFunction, WindowFunction } from '../scalar-function.ts';
import { bitFunctions } from './bits.ts';
import { codingFunctions } from './coding.ts';
import { conversionFunctions } from './conversion.ts';
import { datetimeFunctions } from './datetime.ts';
import { dynamicFunctions } from './dynamic.ts';
import { hashFunctions } from './hash.ts';
import { ipFunctions } from './ip.ts';
import { ip6Functions } from './ip6.ts';
import { mathFunctions } from './math.ts';
import { parseFunctions } from './parse.ts';
import { punycodeFunctions } from './punycode.ts';
import { randomFunctions } from './random.ts';
import { regexFunctions } from './regex.ts';
import { seriesModelFunctions } from './series-models.ts';
import { seriesFunctions } from './series.ts';
import { statisticsFunctions } from './statistics.ts';
import { stringFunctions } from './string.ts';
import { windowFunctions } from './window.ts';

/** The functions on values. */
export const scalarFunctions: readonly ScalarFunction[] = [
  ...bitFunctions,
  ...codingFunctions,
  ...conversionFunctions,
  ...datetimeFunctions,
  ...dynamicFunctions,
  ...hashFunctions,
  ...ipFunctions,
  ...ip6Functions,
  ...mathFunctions,
  ...parseFunctions,
  ...punycodeFunctions,
  ...randomFunctions,
  ...regexFunctions,
  ...seriesFunctions,
  ...seriesModelFunctions,
  ...statisticsFunctions,
  ...stringFunctions,
];

const scalars = new Map(scalarFunctions.map((called) => [called.name, called]));
const windows = new Map(windowFunctions.map((called) => [called.name, called]));

/** The scalar function of a name. */
export function findScalarFunction(name: string): ScalarFunction | undefined {
  return scalars.get(name);
}

/** The function of a name that looks at other rows. */
export function findWindowFunction(name: string): WindowFunction | undefined {
  return windows.get(name);
}
