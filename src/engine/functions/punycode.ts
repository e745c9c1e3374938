import { fromPunycode, toPunycode } from '../punycode-text.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { valueToText } from '../value-text.ts';

function onText(signature: string, evaluate: (text: string) => string): ScalarFunction {
  return scalarFunction(signature, ([value = null]) => evaluate(valueToText(value)));
}

function domainToAscii(domain: string): string {
  const isPlain = (label: string): boolean => Array.from(label).every((character) => character < '\u0080');
  return domain
    .split('.')
    .map((label) => (isPlain(label) ? label : `xn--${toPunycode(label)}`))
    .join('.');
}

function domainFromAscii(domain: string): string {
  const labels = domain
    .split('.')
    .map((label) => (label.startsWith('xn--') ? fromPunycode(label.slice(4)) : label));
  return labels.includes(undefined) ? '' : labels.join('.');
}

/** Functions on domain names in other scripts. https://learn.microsoft.com/kusto/query/punycode-from-string-function */
export const punycodeFunctions: readonly ScalarFunction[] = [
  onText('punycode_from_string(text)', toPunycode),
  onText('punycode_to_string(encoded)', (text) => fromPunycode(text) ?? ''),
  onText('punycode_domain_from_string(domain)', domainToAscii),
  onText('punycode_domain_to_string(encoded)', domainFromAscii),
];
