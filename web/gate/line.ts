import type { Answer, Hello } from '../../src/events.js';
import { newId } from '../shared/api.js';
import { Inside } from './inside.js';
import { headcountOf } from './known.js';
import { atFirst, type LineState } from './line-state.js';
import type { Paired } from './pairing.js';
import { Queue } from './queue.js';
import { answered, refused, type Shown } from './shown.js';
import { isSigned } from './signature.js';
import { GateSocket } from './socket.js';
import { Store, type QueuedScan } from './store.js';
import { bodyOf, upload } from './upload.js';

/** How long a person waits for the server before the gate decides by itself (assumption). */
const answerWithinMs = 2_500;
/** How often a gate tries to send what waits, and hears anew what it decides with (assumptions). */
const sendEveryMs = 3_000;
const helloEveryMs = 5 * 60_000;

/** What an offline gate decides with reads every kind of paper: it comes after the page, and is there before it is needed. */
const rules = (): Promise<typeof import('./offline.js') | undefined> => import('./offline.js').catch(() => undefined);

export type Ask = Pick<QueuedScan, 'code' | 'direction' | 'zone' | 'force'>;
export type Undone = 'undone' | 'too-late' | 'offline';

/** The line of one gate: scans go in, answers come out, whether anybody at the other end listens or not. */
export class Line {
  state: LineState = atFirst;
  private readonly store = new Store();
  private readonly queue: Queue;
  private readonly inside = new Inside();
  private readonly socket: GateSocket;
  private readonly ready: Promise<void>;
  private readonly live = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly arrivals = new Set<(scanIds: string[]) => void>();
  private readonly timers: ReturnType<typeof setInterval>[];
  private pumping = false;

  constructor(private readonly paired: Paired) {
    this.queue = new Queue(this.store, paired.gate);
    this.ready = this.recall();
    this.socket = new GateSocket(paired.token, {
      connected: () => void this.greet(),
      lost: () => this.state.link !== 'removed' && this.set({ link: 'offline' }),
      removed: () => this.set({ link: 'removed' }),
      headcount: (headcount) => this.set({ headcount }),
      revoked: (cards) => this.learn(({ revoked }) => ({ revoked: [...new Set([...revoked, ...cards])] })),
    });
    this.timers = [
      setInterval(() => void this.pump(), sendEveryMs),
      setInterval(() => this.socket.isOpen && void this.greet(), helloEveryMs),
    ];
    void rules();
    void navigator.storage?.persist?.().catch(() => false);
  }

  /** What this gate shows the API. */
  get token(): string {
    return this.paired.token;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells of scans that waited and that the server has now. */
  readonly onArrival = (listener: (scanIds: string[]) => void): (() => void) => {
    this.arrivals.add(listener);
    return () => this.arrivals.delete(listener);
  };

  /** The server's clock as far as this device knows it; epoch milliseconds. */
  now(): number {
    return Date.now() + (this.state.known?.aheadMs ?? 0);
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.socket.close();
  }

  /** Takes one scan: it is kept first, then answered by the server, or by this gate when nobody answers in time. */
  async scan(asked: Ask): Promise<Shown> {
    await this.ready;
    const scan: QueuedScan = { ...asked, gate: this.paired.gate, scanId: newId(), scannedAt: this.now() };
    this.live.add(scan.scanId);
    try {
      const shown = await (this.state.link === 'online' ? this.askServer(scan) : this.decide(scan));
      const stray = shown.error === 'unknown-code' ? (await rules())?.strayOf(scan.code) : undefined;
      return { ...shown, ...(stray && { stray }), ...(asked.force && { letIn: true }) };
    } finally {
      this.live.delete(scan.scanId);
      this.refresh();
    }
  }

  /** Whether a scan is still on this device. */
  async isWaiting(scanId: string): Promise<boolean> {
    await this.ready;
    return (await this.queue.find(scanId)) !== undefined;
  }

  /** Takes a scan back: out of the queue while it waits there, else at the server. */
  async undo(scanId: string): Promise<Undone> {
    const waiting = await this.queue.find(scanId);
    if (waiting && !this.pumping) {
      await this.queue.done([waiting]);
      this.refresh();
      return 'undone';
    }
    const reply = await this.socket.ask('undo', { scanId }, answerWithinMs).catch(() => undefined);
    if (!reply || (!reply.ok && reply.error !== 'too-late')) return 'offline';
    return reply.ok ? 'undone' : 'too-late';
  }

  async dropOthers(): Promise<void> {
    await this.queue.dropOthers();
    this.refresh();
  }

  private async askServer(scan: QueuedScan): Promise<Shown> {
    const kept = this.queue.add(scan);
    const reply = await this.socket.ask('scan', bodyOf(scan, Infinity), answerWithinMs).catch(() => undefined);
    await kept;
    if (!reply || (!reply.ok && reply.error === 'busy')) {
      if (this.state.link === 'online') this.set({ link: 'busy' });
      return this.decideKept(scan);
    }
    await this.queue.done([scan]);
    if (!reply.ok) return refused(scan.scanId, scan.scannedAt, reply.error);
    this.note(scan, reply.data);
    return answered(scan.scanId, scan.scannedAt, reply.data);
  }

  private async decide(scan: QueuedScan): Promise<Shown> {
    const { order: _, ...kept } = scan;
    await this.queue.add(Object.assign(scan, kept));
    return this.decideKept(scan);
  }

  /** Decides about a scan that waits in the queue already. */
  private async decideKept(scan: QueuedScan): Promise<Shown> {
    const { scanId, scannedAt } = scan;
    const [hello, offline] = [this.state.known?.hello, await rules()];
    if (!hello || !offline) return { ...refused(scanId, scannedAt, 'busy'), offline: true };
    const advisers = {
      isSigned: (card: Parameters<typeof isSigned>[0]) => isSigned(card, hello.keys),
      wayOf: this.inside.wayOf,
    };
    const decided = await offline.decideOffline(scan, hello, advisers);
    if ('error' in decided) {
      await this.queue.done([scan]);
      return { ...refused(scanId, scannedAt, decided.error), offline: true };
    }
    scan.decided = decided.decided;
    await this.queue.decide(scan);
    this.note(scan, decided.answer);
    return {
      scanId,
      at: scannedAt,
      tone: decided.answer.colour,
      answer: { ...decided.answer, displayName: '' },
      offline: true,
    };
  }

  /** Whoever was turned away has not passed, unless the guard let them in. */
  private note(scan: QueuedScan, { decision, direction }: Pick<Answer, 'decision' | 'direction'>): void {
    if (decision !== 'deny' || scan.force) this.inside.saw(scan, direction);
  }

  /** Sends what waits while somebody listens; one at a time. */
  private async pump(): Promise<void> {
    await this.queue.settle();
    if (this.pumping || !this.socket.isOpen || !this.state.known || this.queue.waiting <= this.live.size)
      return this.refresh();
    this.pumping = true;
    const total = this.queue.waiting;
    const { gate } = this.paired;
    const parts = { queue: this.queue, socket: this.socket, gate, now: () => this.now() };
    const isAll = await upload(
      parts,
      (scanId) => this.live.has(scanId),
      (scanIds, done) => {
        this.set({ sending: { done, total: Math.max(total, done) }, waiting: this.queue.waiting });
        for (const listener of this.arrivals) listener(scanIds);
      },
    );
    this.pumping = false;
    if (this.socket.isOpen) this.set({ link: isAll ? 'online' : 'busy' });
    this.set({ sending: undefined });
    this.refresh();
  }

  /** Hears all that this gate decides with, and corrects its clock. */
  private async greet(): Promise<void> {
    const asked = Date.now();
    const reply = await this.socket.ask('hello', {}, answerWithinMs * 2).catch(() => undefined);
    if (!reply?.ok) return;
    const heardAt = Date.now();
    const hello = reply.data;
    const aheadMs = Math.round(Date.parse(hello.serverTime) - (asked + heardAt) / 2);
    const known = { gate: this.paired.gate, hello, aheadMs, heardAt };
    this.set({ link: 'online', known, headcount: headcountOf(hello, this.state.headcount) });
    await this.store.keep(known).catch(() => undefined);
    await this.ready.then(() => this.queue.adopt(hello.venue.id)).catch(() => undefined);
    await this.pump();
  }

  private learn(change: (hello: Hello) => Partial<Hello>): void {
    const { known } = this.state;
    if (!known) return;
    const learnt = { ...known, hello: { ...known.hello, ...change(known.hello) } };
    this.set({ known: learnt });
    void this.store.keep(learnt).catch(() => undefined);
  }

  /** What an earlier run knew and left. */
  private async recall(): Promise<void> {
    await this.queue.load();
    const known = await this.store.kept(this.paired.gate).catch(() => undefined);
    if (known && !this.state.known) this.set({ known });
    this.refresh();
  }

  private refresh(): void {
    const { queue, state } = this;
    const now = { waiting: Math.max(0, queue.waiting - this.live.size), others: queue.others, storage: queue.storage };
    if (now.waiting !== state.waiting || now.others !== state.others || now.storage !== state.storage) this.set(now);
  }

  private set(change: Partial<LineState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
