import { maxUpload } from '../../src/limits.js';
import type { ScanReply } from '../../src/events.js';
import type { Queue } from './queue.js';
import type { GateSocket } from './socket.js';
import type { QueuedScan } from './store.js';

/** How long a batch may take before it is tried again later (assumption). */
const withinMs = 30_000;

/** What of a queued scan the server is told (API.md). */
export const bodyOf = ({ order: _, gate: __, ...body }: QueuedScan, nowMs: number) => ({
  ...body,
  // A clock that was ahead before the first hello must not hold a scan back for ever.
  scannedAt: Math.min(body.scannedAt, nowMs),
});

/**
 * Sends what waits, oldest first, in batches; resolves to whether all of it has arrived. A scan that the server refuses
 * for good is done with: it said why, and no repetition would change that. While a batch is on its way the next one is
 * read from the disk and the one before is taken off it.
 */
export async function upload(
  { queue, socket, gate, now }: { queue: Queue; socket: GateSocket; gate: string; now: () => number },
  isLive: (scanId: string) => boolean,
  told: (scanIds: string[], done: number) => void,
): Promise<boolean> {
  const read = async (after: number) => {
    const found = await queue.oldest(after, maxUpload);
    // Asked at once: whoever is live now may have been read before it was decided about.
    return { last: found.at(-1)?.order, batch: found.filter((scan) => scan.gate === gate && !isLive(scan.scanId)) };
  };
  let done = 0;
  let removing = Promise.resolve();
  for (let next = read(0); ;) {
    const { last, batch } = await next;
    if (last !== undefined) next = read(last);
    if (batch.length) {
      const bodies = batch.map((scan) => bodyOf(scan, now()));
      const reply = await socket.ask('scans', bodies, withinMs).catch(() => undefined);
      await removing;
      if (!reply?.ok) return false;
      const arrived = batch.filter((_, at) => isOver(reply.data[at]));
      const scanIds = arrived.map(({ scanId }) => scanId);
      done += arrived.length;
      const sofar = done;
      removing = queue.done(arrived).then(() => told(scanIds, sofar));
      if (arrived.length < batch.length) return removing.then(() => false);
    }
    if (last === undefined) return removing.then(() => true);
  }
}

const isOver = (reply: ScanReply | undefined): boolean => reply !== undefined && (reply.ok || reply.error !== 'busy');
