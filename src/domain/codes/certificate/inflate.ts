import { Inflate } from 'fflate';

/** The most bytes that are taken out of a code: ten times the largest certificate seen (assumption). */
export const maxInflated = 16_384;

/** Bytes unpacked at once: one byte holds about a thousand at most, so a bomb is dropped after some 70 kB. */
const stepBytes = 64;

const headerBytes = 2;
const checksumBytes = 4;

/**
 * Unpacks zlib data (RFC 1950), checksum included, which fflate does not look at; undefined when it is none, was cut
 * short, or holds more than {@link maxInflated}: nobody pays for the whole of a bomb.
 */
export function inflate(packed: Uint8Array): Uint8Array | undefined {
  if (packed.length <= headerBytes + checksumBytes || !isHeader(packed[0]!, packed[1]!)) return undefined;
  const end = packed.length - checksumBytes;
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new Inflate((part) => {
      length += part.length;
      parts.push(part);
    });
    for (let at = headerBytes; at < end && length <= maxInflated; at += stepBytes) {
      stream.push(packed.subarray(at, Math.min(at + stepBytes, end)), at + stepBytes >= end);
    }
  } catch {
    return undefined;
  }
  if (length > maxInflated) return undefined;
  const bytes = joined(parts, length);
  return new DataView(packed.buffer, packed.byteOffset).getUint32(end) === adler32(bytes) ? bytes : undefined;
}

/** Deflate with a window of up to 32 kB, no dictionary, and the header's own check. */
const isHeader = (method: number, more: number): boolean =>
  (method & 15) === 8 && method >> 4 <= 7 && (more & 32) === 0 && (method * 256 + more) % 31 === 0;

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The checksum of RFC 1950; sums stay exact for as many bytes as are taken. */
function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}
