import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RawSocket } from './raw-socket.js';
import { ScanBodies } from './scan-bodies.js';

/**
 * The client of every bench, a process of its own: `node client.js --url U --codes F [--token T] [--http]
 * --sockets N --depth N --seconds N [--rate N] [--visits] [--from N]`; prints what it saw as one line of JSON.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: '' },
    codes: { type: 'string', default: '' },
    token: { type: 'string', default: '' },
    http: { type: 'boolean', default: false },
    sockets: { type: 'string', default: '200' },
    depth: { type: 'string', default: '4' },
    warm: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '4' },
    rate: { type: 'string', default: '0' },
    visits: { type: 'boolean', default: false },
    from: { type: 'string', default: '0' },
  },
});

/** What a client saw: answers per second, latencies in milliseconds, and answers that were not `ok`. */
export interface Seen {
  answers: number;
  perSecond: number;
  p50: number;
  p99: number;
  refused: number;
  /** Every answer of the run, the warm-up included. */
  all: number;
  firstRefusal?: string;
}

type Ask = (body: string) => Promise<string>;

const [sockets, depth, warm, seconds, rate] = [
  values.sockets,
  values.depth,
  values.warm,
  values.seconds,
  values.rate,
].map(Number) as [number, number, number, number, number];
const bodies = new ScanBodies(values.codes, {
  prefix: randomBytes(5).toString('hex'),
  visits: values.visits,
  from: Number(values.from),
});
const clients = values.http ? httpClients() : await socketClients();
const seen = await run(clients.map(({ ask }) => ask));
for (const { close } of clients) close();
process.stdout.write(`${JSON.stringify(seen)}\n`);
process.exit(0);

async function socketClients() {
  const made = [];
  for (let at = 0; at < sockets; at++) {
    const socket = await RawSocket.connect(values.url, '/gate', values.token);
    made.push({ ask: (body: string) => socket.ask('scan', body), close: () => socket.close() });
  }
  return made;
}

function httpClients() {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const ask = (body: string) => post(agent, body);
  return Array.from({ length: sockets }, () => ({ ask, close: () => agent.destroy() }));
}

function post(agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(`${values.url}/scan`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(`[${text}]`));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** Keeps `depth` scans of every socket waiting for their answers, or sends at a steady rate. */
async function run(asks: Ask[]): Promise<Seen> {
  const latencies: number[] = [];
  let [refused, all, firstRefusal] = [0, 0, undefined as string | undefined];
  const start = performance.now();
  const [from, end] = [start + warm * 1_000, start + (warm + seconds) * 1_000];
  const one = async (ask: Ask) => {
    const sent = performance.now();
    const answer = await ask(bodies.next());
    const now = performance.now();
    all++;
    if (!answer.startsWith('[{"ok":true')) {
      refused++;
      firstRefusal ??= answer.slice(0, 300);
    }
    if (now >= from && now < end) latencies.push(now - sent);
  };
  const loop = async (ask: Ask) => {
    while (performance.now() < end) await one(ask);
  };
  if (rate > 0) await steadily(asks, one, end);
  else await Promise.all(asks.flatMap((ask) => Array.from({ length: depth }, () => loop(ask))));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? NaN;
  const counts = { answers: latencies.length, perSecond: latencies.length / seconds, refused, all };
  return { ...counts, p50: at(0.5), p99: at(0.99), ...(firstRefusal !== undefined && { firstRefusal }) };
}

async function steadily(asks: Ask[], one: (ask: Ask) => Promise<void>, end: number): Promise<void> {
  const start = performance.now();
  const open: Promise<void>[] = [];
  for (let sent = 0; performance.now() < end; await pause(2)) {
    const due = ((performance.now() - start) / 1_000) * rate;
    for (; sent < due; sent++) open.push(one(asks[sent % asks.length]!));
  }
  await Promise.all(open);
}
