/** As much of DER (X.690) as one certificate takes; contents are parts or bytes. */
export type Der = Buffer;

const element = (tag: number, ...parts: Uint8Array[]): Der => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
};

function lengthOf(length: number): number[] {
  if (length < 128) return [length];
  return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
}

export const sequence = (...parts: Uint8Array[]): Der => element(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Der => element(0x31, ...parts);
export const text = (value: string): Der => element(0x0c, Buffer.from(value));
export const octets = (content: Uint8Array): Der => element(0x04, content);
export const bits = (content: Uint8Array): Der => element(0x03, Buffer.from([0]), content);
/** A tag of the field's own around another element. */
export const field = (number: number, content: Uint8Array): Der => element(0xa0 + number, content);

/** A number above zero, as bytes. */
export const whole = (bytes: Uint8Array): Der => element(0x02, bytes[0]! & 128 ? Buffer.from([0]) : Buffer.alloc(0), bytes); // prettier-ignore

/** `YYYYMMDDhhmmssZ`: what both kinds of time have in common is that this one reaches beyond 2049. */
export const time = (ms: number): Der =>
  element(0x18, Buffer.from(new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '')));

/** An object identifier: the first two numbers share a byte, the others are in base 128. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number: number): number[] {
  const digits = [number & 127];
  for (let left = number >>> 7; left > 0; left >>>= 7) digits.unshift(128 | (left & 127));
  return digits;
}
