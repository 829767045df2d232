import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { systemClock } from '../config/clock.js';
import { Vault } from '../config/vault.js';
import { tellStatuses, type PersonStatus } from '../src/told-statuses.js';
import { connectCitizens, heardByAll, type Citizens } from './citizens.js';
import type { Line } from './benches.js';
import { inPairs, type Measured } from './pairs.js';
import { serve } from './processes.js';
import { RawSocket } from './raw-socket.js';
import type { Stage } from './stage.js';

/** Screens, and how often each is told in one measurement. */
const screens = 1_000;
const rounds = 4;

interface Side {
  sockets: RawSocket[];
  /** Makes everybody's colour another; not measured. */
  change: () => unknown;
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
    const ours = byOurStream(stage, redis, citizens);
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
    side.change();
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
  side.change();
  return heard(side);
}

/** Everybody is yellow because of an exposure, and green again, in turns: what the status step hands on. */
function byOurStream({ world }: Stage, redis: Redis, { people, sockets }: Citizens): Side {
  const vault = new Vault(world.secrets);
  // The first change makes everybody yellow: they are green already, and nobody is told the same again.
  let version = 1_001;
  const tell = () =>
    tellStatuses(
      redis,
      vault,
      people.map((person) => statusOf(person, version)),
    );
  return { sockets, change: () => version++, tell };
}

function statusOf(person: string, version: number): PersonStatus {
  const isExposed = version % 2 === 0;
  const at = systemClock() - 86_400_000;
  const exposure = { kind: 'exposure' as const, case: 'bench', level: 2, at, lastAt: at, minutes: 45, trust: 1 };
  const status = {
    colour: isExposed ? ('yellow' as const) : ('green' as const),
    rule: isExposed ? 'f2' : 'otherwise',
    reasons: isExposed ? [exposure] : [],
    text: { vi: 'Bạn đã ở gần một người tiếp xúc ca bệnh.', en: 'You were near a contact of a case.' },
    policy: { id: 'bench', version: '1' },
    nextChangeAt: isExposed ? at + 14 * 86_400_000 : null,
  };
  return { person, version, atMs: systemClock(), status };
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
  return { sockets, change: () => undefined, tell };
}
