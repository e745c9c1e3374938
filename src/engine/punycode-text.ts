/** Punycode, RFC 3492. */
const [base, least, most, skew, damp] = [36, 1, 26, 38, 700];
const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / damp) : Math.floor(delta / 2);
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((base - least) * most) / 2; k += base) rest = Math.floor(rest / (base - least));
  return k + Math.floor(((base - least + 1) * rest) / (rest + skew));
}

function threshold(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, least), most);
}

/** A text in ASCII. */
export function toPunycode(text: string): string {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const plain = points.filter((point) => point < 128);
  let output = String.fromCodePoint(...plain) + (plain.length > 0 ? '-' : '');
  let [next, delta, bias, handled] = [128, 0, 72, plain.length];
  while (handled < points.length) {
    const least = Math.min(...points.filter((point) => point >= next));
    delta += (least - next) * (handled + 1);
    for (const point of points) {
      if (point < least) delta++;
      if (point !== least) continue;
      output += encodeDelta(delta, bias);
      bias = adapt(delta, handled + 1, handled === plain.length);
      delta = 0;
      handled++;
    }
    next = least + 1;
    delta++;
  }
  return output;
}

function encodeDelta(delta: number, bias: number): string {
  let [rest, text] = [delta, ''];
  for (let k = base; ; k += base) {
    const limit = threshold(k, bias);
    if (rest < limit) return text + digits.charAt(rest);
    text += digits.charAt(limit + ((rest - limit) % (base - limit)));
    rest = Math.floor((rest - limit) / (base - limit));
  }
}

/** The text that Punycode stands for; undefined if it is none. */
export function fromPunycode(text: string): string | undefined {
  const dash = text.lastIndexOf('-');
  const points = Array.from(text.slice(0, Math.max(0, dash)), (character) => character.charCodeAt(0));
  if (points.some((point) => point >= 128)) return undefined;
  let [at, place, next, bias] = [dash + 1, 0, 128, 72];
  while (at < text.length) {
    const before = place;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digits.indexOf(text.charAt(at++).toLowerCase() || ' ');
      if (digit < 0) return undefined;
      place += digit * weight;
      const limit = threshold(k, bias);
      if (digit < limit) break;
      weight *= base - limit;
    }
    const count = points.length + 1;
    bias = adapt(place - before, count, before === 0);
    next += Math.floor(place / count);
    place %= count;
    if (next > 0x10ffff) return undefined;
    points.splice(place++, 0, next);
  }
  return String.fromCodePoint(...points);
}
