import { Decoder } from 'cbor-x';

/** Deeper than any certificate is (a person's name stands at 5), and no stack ends there. */
const maxDepth = 16;

/** Tags that only say how a value is meant: dates as text, as seconds, as a day; they are taken off. */
export const dateTags = [0, 1, 1004];

/** cbor-x sees no tag at all, for some of its own build objects, and Maps keep keys what they are. */
const decoder = new Decoder({ mapsAsObjects: false, useRecords: false });

class Malformed extends Error {}

/**
 * One CBOR item (RFC 8949), read strictly where cbor-x is lenient: nothing behind it, no key twice, no lengths beyond
 * the end, no depth without end, and no tags but `tags`, which are taken off. Undefined when it is not so.
 */
export function readCbor(bytes: Uint8Array, tags: readonly number[]): unknown {
  try {
    const plain = new Walk(bytes, tags).whole();
    return decoder.decode(plain);
  } catch {
    return undefined;
  }
}

/** Goes over the bytes of one item once and copies all but the tags. */
class Walk {
  private at = 0;
  private to = 0;
  private readonly copy: Uint8Array;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly tags: readonly number[],
  ) {
    this.copy = new Uint8Array(bytes.length);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  whole(): Uint8Array {
    this.item(0);
    if (this.at !== this.bytes.length) throw new Malformed();
    return this.copy.subarray(0, this.to);
  }

  private item(depth: number): void {
    if (depth > maxDepth) throw new Malformed();
    const from = this.at;
    const { major, info, length } = this.head();
    if (major === 6) {
      if (!this.tags.includes(length)) throw new Malformed();
      return this.item(depth + 1);
    }
    if ((major === 2 || major === 3) && info === 31) return this.inParts(major);
    this.keep(from);
    if (major === 2 || major === 3) this.take(length);
    else if (major === 4) this.list(info, length, depth);
    else if (major === 5) this.map(info, length, depth);
    else if (major === 7) checkSimple(info);
    else if (info === 31) throw new Malformed();
  }

  /** A string in parts becomes one in one piece, which is never longer; cbor-x reads no other. */
  private inParts(major: number): void {
    const parts: Uint8Array[] = [];
    while (this.view.getUint8(this.at) !== 0xff) {
      const part = this.head();
      if (part.major !== major || part.info === 31) throw new Malformed();
      const from = this.at;
      this.at += this.count(part.length);
      parts.push(this.bytes.subarray(from, this.at));
    }
    this.at++;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const [first = 0, ...more] = bytesHead({ length });
    for (const part of [[first + ((major - 2) << 5), ...more], ...parts]) {
      this.copy.set(part, this.to);
      this.to += part.length;
    }
  }

  private list(info: number, length: number, depth: number): void {
    if (info === 31) while (!this.breaks()) this.item(depth + 1);
    else for (let left = this.count(length); left > 0; left--) this.item(depth + 1);
  }

  private map(info: number, length: number, depth: number): void {
    const keys = new Set<string>();
    const pair = () => {
      keys.add(this.key());
      this.item(depth + 1);
    };
    let pairs = 0;
    if (info === 31) for (; !this.breaks(); pairs++) pair();
    else for (const all = this.count(length); pairs < all; pairs++) pair();
    if (keys.size < pairs) throw new Malformed();
  }

  /** A key is a number or a text in one piece; equal keys give equal texts, however long their heads are. */
  private key(): string {
    const from = this.at;
    const { major, info, length } = this.head();
    if (major === 2 || major > 3 || info === 31) throw new Malformed();
    this.keep(from);
    if (major < 2) return `${major} ${length}`;
    const text = this.at;
    this.take(length);
    return `3 ${String.fromCharCode(...this.bytes.subarray(text, this.at))}`;
  }

  private head(): { major: number; info: number; length: number } {
    const first = this.view.getUint8(this.at++);
    const [major, info] = [first >> 5, first & 31];
    if (info < 24 || info === 31) return { major, info, length: info };
    const size = 2 ** (info - 24);
    if (size > 8) throw new Malformed();
    const { at, view } = this;
    this.at += size;
    const length =
      size === 1 ? view.getUint8(at)
      : size === 2 ? view.getUint16(at)
      : size === 4 ? view.getUint32(at)
      : Number(view.getBigUint64(at)); // prettier-ignore
    return { major, info, length };
  }

  /** Every item takes a byte at least: longer lists than there are bytes left do not exist. */
  private count(items: number): number {
    if (items > this.bytes.length - this.at) throw new Malformed();
    return items;
  }

  private take(length: number): void {
    const from = this.at;
    this.at += this.count(length);
    this.keep(from);
  }

  private keep(from: number): void {
    this.copy.set(this.bytes.subarray(from, this.at), this.to);
    this.to += this.at - from;
  }

  private breaks(): boolean {
    if (this.view.getUint8(this.at) !== 0xff) return false;
    this.at++;
    this.keep(this.at - 1);
    return true;
  }
}

/** False, true, null, undefined and numbers with a point; nothing else of this kind is in use. */
function checkSimple(info: number): void {
  const isKnown = (info >= 20 && info <= 23) || (info >= 25 && info <= 27);
  if (!isKnown) throw new Malformed();
}

/** The head of a byte string in its shortest form; whatever is read here stays under 64 kB. */
export function bytesHead({ length }: { length: number }): number[] {
  if (length < 24) return [0x40 + length];
  return length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255];
}
