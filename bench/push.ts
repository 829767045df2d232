import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { systemClock } from '../config/clock.js';
import { step } from '../graph/graph.js';
import { bodyField, packPush, pushKept, pushStream, type Push } from '../src/streams.js';
import { connectCitizens, heardByAll, type Citizens } from './citizens.js';
import type { Line } from './benches.js';
import { exposuresOf, makeCase } from './exposed.js';
import { inPairs, type Measured } from './pairs.js';
import { serve } from './processes.js';
import { RawSocket } from './raw-socket.js';
import type { Stage } from './stage.js';

/** Screens, how often each is told in one measurement, and items of one entry (DESIGN section 5). */
const screens = 1_000;
const rounds = 4;
const itemsPerEntry = 250;

interface Side {
  sockets: RawSocket[];
  /** Makes everybody's colour another; not measured. */
  change: () => Promise<unknown>;
  tell: () => Promise<unknown>;
}

/**
 * A worker tells a thousand screens their new colour: by our stream, from which the API reads whom to look at and says
 * what the facts give, against socket.io's adapter for Redis streams, which carries a finished message for each screen.
 */
export async function push(stage: Stage): Promise<Line[]> {
  const { redis } = stage;
  const citizens = await connectCitizens(stage.world, stage.url, screens);
  const server = await serve<{ url: string }>('bench/servers/adapter.js');
  try {
    const ours = await byOurStream(stage, redis, citizens);
    const theirs = await byAdapter(redis, server.said.url, { people: citizens.people, said: await once(ours) });
    const ratios = await inPairs(
      () => measure(ours),
      () => measure(theirs),
      stage.pairs,
    );
    for (const socket of [...ours.sockets, ...theirs.sockets]) socket.close();
    const measured = `${ratios.speed.toFixed(2)}x (${Math.round(ratios.ours[0]!.speed)} screens a second)`;
    const question = `a worker tells ${screens} screens their colour`;
    return [{ question, against: 'redis-streams-adapter', target: '≥ 2x', measured, met: ratios.speed >= 2 }];
  } finally {
    await server.stop();
    redis.disconnect();
  }
}

async function measure(side: Side): Promise<Measured> {
  let ms = 0;
  for (let round = 0; round < rounds; round++) {
    await side.change();
    const start = performance.now();
    await heard(side);
    ms += performance.now() - start;
  }
  return { speed: ((screens * rounds) / ms) * 1_000 };
}

/** Tells everybody; what a screen heard. */
async function heard({ sockets, tell }: Side): Promise<string> {
  const [said] = await Promise.all([heardByAll(sockets), tell()]);
  return said;
}

async function once(side: Side): Promise<string> {
  await side.change();
  return heard(side);
}

/** Everybody is exposed, and not exposed any more, in turns. */
async function byOurStream({ world }: Stage, redis: Redis, { people, sockets }: Citizens): Promise<Side> {
  const id = await makeCase(world);
  let exposed = false;
  const change = () => {
    exposed = !exposed;
    const one = exposed
      ? step('cases/expose', { id, generation: 0, rows: exposuresOf(people) })
      : step('cases/unexpose', { id, people });
    return world.graph.writeAll([one]);
  };
  const tell = async () => {
    const atMs = systemClock();
    for (let at = 0; at < people.length; at += itemsPerEntry) {
      const items = people.slice(at, at + itemsPerEntry).map((person): Push => {
        return { push: 'status', person, version: 1, colour: 'yellow', rule: '', nextChangeAt: null, at: atMs };
      });
      await redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, packPush(items));
    }
  };
  return { sockets, change, tell };
}

/** The same words, finished by the worker, one message for each room. */
async function byAdapter(
  redis: Redis,
  url: string,
  { people, said }: { people: string[]; said: string },
): Promise<Side> {
  const io = new Server({ adapter: createAdapter(redis.duplicate()) }).of('/citizen');
  const [, body] = JSON.parse(said) as [string, unknown];
  const sockets: RawSocket[] = [];
  for (const person of people) sockets.push(await RawSocket.connect(url, '/citizen', person));
  const tell = () => {
    for (const person of people) io.to(`person:${person}`).emit('status', body);
    return Promise.resolve();
  };
  return { sockets, change: () => Promise.resolve(), tell };
}
