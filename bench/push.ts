import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { systemClock } from '../config/clock.js';
import { Vault } from '../config/vault.js';
import { showToCitizen, tellStatuses, type ToldStatus } from '../src/told-statuses.js';
import { connectCitizens, heardByAll, type Citizens } from './citizens.js';
import type { Line } from './benches.js';
import { inPairs, type Measured } from './pairs.js';
import { serve } from './processes.js';
import { RawSocket } from './raw-socket.js';
import type { Stage } from './stage.js';

/** Screens, and how often each is told in one measurement. */
const screens = 1_000;
const rounds = 4;

/** API processes that share the screens: with one alone nobody would need an adapter. */
const processes = [1, 4];

interface Side {
  sockets: RawSocket[];
  /** Makes everybody's colour another; not measured. */
  change: () => unknown;
  tell: () => Promise<unknown>;
}

/**
 * A worker tells a thousand screens their new colour: by our stream, in which each API process finds many of them at
 * once, against socket.io's adapter for Redis streams, which carries a message for each screen to each process.
 */
export async function push(stage: Stage): Promise<Line[]> {
  const lines: Line[] = [];
  for (const count of processes) {
    const running: { stop: () => Promise<void> }[] = [];
    try {
      lines.push(await pushTo(count, stage, running));
    } finally {
      for (const { stop } of running) await stop();
    }
  }
  return lines;
}

async function pushTo(count: number, stage: Stage, running: { stop: () => Promise<void> }[]): Promise<Line> {
  const urls = [stage.url];
  const theirUrls: string[] = [];
  while (urls.length < count) {
    const api = await stage.freshApi();
    running.push(api);
    urls.push(api.url);
  }
  while (theirUrls.length < count) {
    const server = await serve<{ url: string }>('bench/servers/adapter.js');
    running.push(server);
    theirUrls.push(server.said.url);
  }
  const { redis } = stage;
  const citizens = await connectToAll(stage, urls);
  const ours = byOurStream(stage, redis, citizens);
  const theirs = await byAdapter(redis, theirUrls, { people: citizens.people, said: await once(ours) });
  try {
    const ratios = await inPairs(
      () => measure(ours),
      () => measure(theirs),
      stage.pairs,
    );
    const measured = `${ratios.speed.toFixed(2)}x (${Math.round(ratios.ours[0]!.speed)} screens a second)`;
    const question = `a worker tells ${screens} screens of ${count} API process${count > 1 ? 'es' : ''} their colour`;
    return { question, against: 'redis-streams-adapter', target: '≥ 2x', measured, met: ratios.speed >= 2 };
  } finally {
    for (const socket of [...ours.sockets, ...theirs.sockets]) socket.close();
    theirs.close();
    redis.disconnect();
  }
}

/** The screens, shared out among the API processes. */
async function connectToAll({ world }: Stage, urls: string[]): Promise<Citizens> {
  const all: Citizens = { people: [], sockets: [] };
  for (const url of urls) {
    const { people, sockets } = await connectCitizens(world, url, screens / urls.length);
    all.people.push(...people);
    all.sockets.push(...sockets);
  }
  return all;
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

function statusOf(person: string, version: number): ToldStatus {
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
  return { person, status: showToCitizen({ person, version, atMs: systemClock(), status }) };
}

/** The same words, finished by the worker, one message for each room. */
async function byAdapter(
  redis: Redis,
  urls: string[],
  { people, said }: { people: string[]; said: string },
): Promise<Side & { close: () => void }> {
  const own = redis.duplicate();
  const io = new Server({ adapter: createAdapter(own) }).of('/citizen');
  const [, body] = JSON.parse(said) as [string, unknown];
  const sockets: RawSocket[] = [];
  const share = people.length / urls.length;
  for (const [at, person] of people.entries())
    sockets.push(await RawSocket.connect(urls[Math.floor(at / share)]!, '/citizen', person));
  const tell = () => {
    for (const person of people) io.to(`person:${person}`).emit('status', body);
    return Promise.resolve();
  };
  return { sockets, change: () => undefined, tell, close: () => own.disconnect() };
}
