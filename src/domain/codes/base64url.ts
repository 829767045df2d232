const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The value of each ASCII character, 255 for those that are no base64url. */
const values = new Uint8Array(128).fill(255);
for (let at = 0; at < letters.length; at++) values[letters.charCodeAt(at)] = at;

/** Bytes of base64url text without padding; undefined when it is not such text. Runs in browsers, and on every scan. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let [bits, held, to] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const value = values[text.charCodeAt(at)] ?? 255;
    if (value === 255) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) bytes[to++] = (bits >> (held -= 8)) & 255;
  }
  return bytes;
}

export const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
