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
 * for good is done with: it said why, and no repetition would change that.
 */
export async function upload(
  { queue, socket, gate, now }: { queue: Queue; socket: GateSocket; gate: string; now: () => number },
  isLive: (scanId: string) => boolean,
  told: (scanIds: string[], done: number) => void,
): Promise<boolean> {
  let done = 0;
  for (let after = 0; ;) {
    const found = await queue.oldest(after, maxUpload);
    const last = found.at(-1)?.order;
    const batch = found.filter((scan) => scan.gate === gate && !isLive(scan.scanId));
    if (batch.length) {
      const reply = await socket
        .ask(
          'scans',
          batch.map((scan) => bodyOf(scan, now())),
          withinMs,
        )
        .catch(() => undefined);
      if (!reply?.ok) return false;
      const arrived = batch.filter((_, at) => isOver(reply.data[at]));
      await queue.done(arrived);
      done += arrived.length;
      told(
        arrived.map(({ scanId }) => scanId),
        done,
      );
      if (arrived.length < batch.length) return false;
    }
    if (last === undefined) return true;
    after = last;
  }
}

const isOver = (reply: ScanReply | undefined): boolean => reply !== undefined && (reply.ok || reply.error !== 'busy');
