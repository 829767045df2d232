import { base45Letters } from '../certificate.js';

/** The value of each ASCII character, 255 for those that are no Base45. */
const values = new Uint8Array(128).fill(255);
for (let at = 0; at < base45Letters.length; at++) values[base45Letters.charCodeAt(at)] = at;

/** Bytes of Base45 text (RFC 9285): three letters are two bytes; undefined when it is not such text. */
export function fromBase45(text: string): Uint8Array | undefined {
  const rest = text.length % 3;
  if (rest === 1) return undefined;
  const bytes = new Uint8Array(((text.length - rest) / 3) * 2 + (rest ? 1 : 0));
  for (let at = 0, to = 0; at < text.length; at += 3) {
    const group = valueOf(text, at);
    const whole = at + 2 < text.length;
    if (group > (whole ? 0xffff : 0xff)) return undefined;
    if (whole) bytes[to++] = group >> 8;
    bytes[to++] = group & 255;
  }
  return bytes;
}

/** Text of bytes: what an issuer writes behind `HC1:`. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const whole = at + 1 < bytes.length;
    let group = whole ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!;
    for (let letters = whole ? 3 : 2; letters > 0; letters--) {
      text += base45Letters[group % 45]!;
      group = Math.floor(group / 45);
    }
  }
  return text;
}

/** The number that up to three letters make, the least first; too large a number when one of them is no letter. */
function valueOf(text: string, at: number): number {
  let value = 0;
  for (let end = Math.min(at + 3, text.length), from = end - 1; from >= at; from--) {
    const digit = values[text.charCodeAt(from)] ?? 255;
    if (digit === 255) return Infinity;
    value = value * 45 + digit;
  }
  return value;
}
