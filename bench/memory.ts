import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Line } from './benches.js';
import { inPairs } from './pairs.js';
import { serve } from './processes.js';
import { RawSocket } from './raw-socket.js';
import type { Fresh, Stage } from './stage.js';

/** Connections opened for one measurement; their handshakes may go on beside each other. */
const connections = 1_500;

/** Those before them, not counted: they fill what a start has left free in the heap, which is more the larger it was. */
const before = 1_500;
const atOnce = 50;

/** Time for a garbage collector to have its say after that. */
const restMs = 1_500;

/** Memory per gate connection against the same connections to a bare server, both just started. */
export async function memory(stage: Stage): Promise<Line[]> {
  const fresh = (start: () => Promise<Fresh>) => async () => {
    const { url, pid, stop } = await start();
    try {
      return { speed: 1 / (await growth(url, pid, stage.world.token)) };
    } finally {
      await stop();
    }
  };
  const ratios = await inPairs(
    fresh(() => stage.freshApi()),
    fresh(bareServer),
    stage.pairs,
  );
  const ratio = 1 / ratios.speed;
  const bytes = 1 / ratios.ours[0]!.speed;
  const measured = `${ratio.toFixed(2)}x (${Math.round(bytes / 1_024)} kB a connection)`;
  const against = 'bare socket.io';
  return [{ question: 'memory of a connection', against, target: '≤ 1.5x', measured, met: ratio <= 1.5 }];
}

async function bareServer(): Promise<Fresh> {
  const { said, child, stop } = await serve<{ url: string }>('bench/servers/bare.js');
  return { url: said.url, pid: child.pid!, stop };
}

/** Bytes that a server grows by for each connection; at least one, for a server may shrink meanwhile. */
async function growth(url: string, pid: number, token: string): Promise<number> {
  const sockets: RawSocket[] = [];
  const openUpTo = async (count: number): Promise<number> => {
    while (sockets.length < count) {
      const some = Array.from({ length: atOnce }, () => RawSocket.connect(url, '/gate', token));
      sockets.push(...(await Promise.all(some)));
    }
    await pause(restMs);
    return resident(pid);
  };
  const start = await openUpTo(before);
  const grown = ((await openUpTo(before + connections)) - start) / connections;
  for (const socket of sockets) socket.close();
  return Math.max(grown, 1);
}

/** Resident memory of a process in bytes (Linux). */
function resident(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}
