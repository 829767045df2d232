/** The encodings that are told apart (docs/imports.md). */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258'] as const;
export type Encoding = (typeof encodings)[number];

/** A file in an encoding that nobody can name: refused before anything is taken from it. */
export class UnknownEncoding extends Error {
  constructor(readonly got: string) {
    super(`expected UTF-8, UTF-16 or Windows-1258, got ${got}`);
  }
}

/** Text that tells enough: so many bytes from the first that is not ASCII (assumption). */
const lookAtBytes = 65_536;

/**
 * The text of a file, whichever of the encodings it is in. Plain ASCII flows by; the first other byte decides, by a mark
 * at the beginning, by what the bytes can be, and by whether they say Vietnamese. Throws {@link UnknownEncoding}.
 */
export async function* textOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let waiting: Buffer = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let begun = false;
  for await (const bytes of body) {
    if (decoder) {
      yield decoder.decode(bytes, { stream: true });
      continue;
    }
    waiting = Buffer.concat([waiting, bytes]);
    if (!begun && waiting.length < 4) continue;
    const marked = begun ? undefined : markOf(waiting);
    begun = true;
    const plain = marked ? 0 : asciiLength(waiting);
    if (!marked && plain === waiting.length) {
      yield waiting.toString('latin1');
      waiting = Buffer.alloc(0);
    } else if (marked || waiting.length - plain >= lookAtBytes) {
      decoder = new TextDecoder(marked ?? recognise(waiting.subarray(plain)));
      yield decoder.decode(waiting, { stream: true });
      waiting = Buffer.alloc(0);
    }
  }
  if (!decoder) {
    const marked = begun ? undefined : markOf(waiting);
    decoder = new TextDecoder(marked ?? recognise(waiting.subarray(asciiLength(waiting))));
  }
  yield decoder.decode(waiting, { stream: true });
  yield decoder.decode();
}

/** UTF-16 by its mark, or by a zero in every other byte of the first ones, which no other text has. */
function markOf([a, b, c, d]: Buffer): Encoding | undefined {
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (b === 0 && d === 0 && a !== 0) return 'utf-16le';
  return a === 0 && c === 0 && b !== 0 ? 'utf-16be' : undefined;
}

function asciiLength(bytes: Buffer): number {
  const at = bytes.findIndex((byte) => byte > 0x7f);
  return at < 0 ? bytes.length : at;
}

/** Whatever Windows-1258 writes of Vietnamese: its letters, and the marks it puts behind them. */
const vietnamese = /^[\p{ASCII}ÀÁÂĂÈÉÊÌÍÒÓÔƠÙÚƯÝĐàáâăèéêìíòóôơùúưýđ₫\u0300\u0301\u0303\u0309\u0323\u00a0–—‘’“”…]*$/u;

/** Marks stand behind vowels only; in another encoding the same bytes stand anywhere. */
const misplaced = /[^aeiouyâăêôơư][\u0300\u0301\u0303\u0309\u0323]/iu;

function recognise(bytes: Buffer): Encoding {
  if (isUtf8(bytes)) return 'utf-8';
  const text = new TextDecoder('windows-1258').decode(bytes);
  if (vietnamese.test(text) && !misplaced.test(` ${text}`)) return 'windows-1258';
  if (isDamagedUtf8(bytes)) return 'utf-8';
  throw new UnknownEncoding('bytes of another one, such as TCVN3 or VNI: save the file as UTF-8');
}

/** UTF-8 in which some characters are damaged: the rows that hold them are rejected one by one. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true });
  const damaged = text.split('\uFFFD').length - 1;
  const whole = text.replace(/[\p{ASCII}\uFFFD]/gu, '').length;
  return damaged * 4 < whole;
}

/** A piece may end within a character. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
