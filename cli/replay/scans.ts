import { createHash } from 'node:crypto';
import type { StayRow } from '../../src/domain/files/stays.js';

/** A scan as a gate sends it, less the code, which the person shows. */
export interface FileScan {
  scanId: string;
  person: string;
  venue: string;
  zone: string;
  direction: 'in' | 'out';
  /** When it happened, shifted; epoch milliseconds. */
  at: number;
}

/**
 * The scans of stays in the order of time, as far as the file is in the order of time itself: a scan out waits until
 * the file has come to its instant, so memory holds the stays that last, not the file.
 */
export async function* scansOf(stays: AsyncIterable<StayRow>, shiftMs: number): AsyncGenerator<FileScan> {
  const leaving = new Leaving();
  for await (const stay of stays) {
    const moved = { ...stay, in: stay.in + shiftMs, out: stay.out + shiftMs };
    for (let next = leaving.until(moved.in); next; next = leaving.until(moved.in)) yield next;
    yield toScan(moved, 'in');
    leaving.add(toScan(moved, 'out'));
  }
  for (let next = leaving.until(Infinity); next; next = leaving.until(Infinity)) yield next;
}

function toScan({ person, venue, zone, in: inMs, out }: StayRow, direction: 'in' | 'out'): FileScan {
  const at = direction === 'in' ? inMs : out;
  return { scanId: idOf([person, venue, zone, inMs, out, direction]), person, venue, zone, direction, at };
}

/** The same row gives the same scan again; 128 bits, for files of many rows. */
const idOf = (parts: (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');

/** Scans out that lie ahead, the earliest first: a binary heap. */
class Leaving {
  private readonly heap: FileScan[] = [];

  add(scan: FileScan): void {
    const { heap } = this;
    let at = heap.length;
    for (let up = (at - 1) >> 1; at > 0 && heap[up]!.at > scan.at; up = (at - 1) >> 1) {
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = scan;
  }

  /** The earliest scan, taken out, if it happens by then. */
  until(ms: number): FileScan | undefined {
    const [first] = this.heap;
    if (!first || first.at > ms) return undefined;
    const last = this.heap.pop()!;
    if (this.heap.length) this.sink(last);
    return first;
  }

  private sink(scan: FileScan): void {
    const { heap } = this;
    let at = 0;
    for (let down = 1; down < heap.length; down = 2 * at + 1) {
      if (down + 1 < heap.length && heap[down + 1]!.at < heap[down]!.at) down++;
      if (heap[down]!.at >= scan.at) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = scan;
  }
}
