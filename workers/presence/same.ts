import type { Redis } from 'ioredis';
import type { Clock } from '../../config/clock.js';
import { step, type Graph, type Step } from '../../graph/graph.js';
import { drain, type Note } from '../../graph/outbox.js';
import { appendNoted, foldNote, foldStep, handOnFolds, packRefold, unpackRelinked } from '../../src/fold-news.js';
import { bodyField, factStream, kindOf, packFacts, shardOf, type Fact } from '../../src/streams.js';
import type { PersonFacts } from './batch.js';

/** How often leftovers of the outbox are looked for (DESIGN section 1). */
const drainEveryMs = 5_000;

interface SameTools {
  graph: Graph;
  redis: Redis;
  now: Clock;
  shards: number;
}

/**
 * People who are the same person as another (SPEC section 3). Their facts stay their own; their stays are folded together
 * with those of the person they count as, by the shard of that person, to which others forward (DESIGN section 3). With
 * nobody linked, a batch passes through untouched.
 */
export class Same {
  /** Whom a linked person counts as. */
  private roots = new Map<string, string>();
  /** Everybody who counts as a person, but for the person. */
  private linked = new Map<string, Set<string>>();
  private notes: Note[] = [];
  private drainedMs = -Infinity;

  constructor(
    private readonly shard: number,
    private readonly tools: SameTools,
  ) {}

  /** Reads all links; what a crash left is handed on by the next {@link handOn}. */
  async load(): Promise<void> {
    this.roots = new Map();
    this.linked = new Map();
    this.notes = [];
    for (const { id, root } of await this.tools.graph.read('presence/merged', {})) this.set(id, root);
  }

  /** Whether somebody counts as another, or another as them. */
  has(person: string): boolean {
    return this.roots.has(person) || this.linked.has(person);
  }

  /** The facts that this shard folds; those of people whom another shard owns are in its stream by then. */
  async route(facts: Fact[]): Promise<Fact[]> {
    const asked = facts.filter(({ person, line }) => isAboutLinks(line) || !this.isOurs(person));
    if (asked.length) await this.learn([...new Set(asked.map(({ person }) => person))]);
    if (this.roots.size === 0 && asked.length === 0) return facts;
    const away = facts.filter(({ person, line }) => !isAboutLinks(line) && !this.isOurs(this.rootOf(person)));
    if (away.length === 0) return facts;
    await this.forward(away);
    const gone = new Set(away);
    return facts.filter((fact) => !gone.has(fact));
  }

  /**
   * Puts the scans of linked people to those they count as, while their lines stay where they are. Who is to be folded
   * anew is marked, and told by the answer.
   */
  join(people: Map<string, PersonFacts>): string[] {
    const anew = [...people].flatMap(([person, { relinked, refold }]) => [
      ...(refold || relinked ? [person] : []),
      ...(relinked ?? []).filter((other) => this.isOurs(other)),
    ]);
    for (const person of anew) factsOf(people, person).refold = true;
    if (this.roots.size === 0) return anew;
    for (const [person, own] of [...people]) {
      const root = this.roots.get(person);
      if (root !== undefined && this.isOurs(root)) moveTo(factsOf(people, root), { person, own });
    }
    return anew;
  }

  /** What a batch changes beside its stays: whose fact a kept one is, and where those of relinked people hang. */
  steps(people: Map<string, PersonFacts>): Step[] {
    const owned = [...people.values()].flatMap(({ owners }) => [...(owners ?? [])]);
    const relinked = [...people].flatMap(([person, facts]) => (facts.relinked ? [person] : []));
    const others = [...people.values()].flatMap((facts) => facts.relinked ?? []).filter((one) => !this.isOurs(one));
    const noted = others.length ? [this.noted(others)] : [];
    return [
      ...(owned.length
        ? [step('presence/name_owners', { ids: owned.map(([id]) => id), owners: owned.map(([, owner]) => owner) })]
        : []),
      ...relinked.map((person) => step('presence/rehang', { person })),
      ...noted,
    ];
  }

  /** Everybody whose next scan goes by a person's state: those linked to them as well. */
  spread<T>(states: Map<string, T>): [string, T][] {
    if (this.roots.size === 0) return [...states];
    return [...states].flatMap(([person, state]): [string, T][] => {
      if (this.roots.has(person)) return [];
      return [person, ...(this.linked.get(person) ?? [])].map((one) => [one, state]);
    });
  }

  /** Hands on what the last batch noted, and now and then what others could not. */
  async handOn(): Promise<void> {
    const { redis, graph, shards, now } = this.tools;
    const notes = this.notes.splice(0);
    if (notes.length) await handOnFolds({ redis, graph, shards }, notes);
    if (this.shard !== 0 || now() - this.drainedMs < drainEveryMs) return;
    this.drainedMs = now();
    await drain(graph, { step: foldStep, nowMs: now(), handOn: (left) => appendNoted(redis, shards, left) });
  }

  /** Scans were cut off: what linked people fold to together begins elsewhere now. */
  async refoldAll(): Promise<void> {
    const ours = [...this.linked.keys()].filter((person) => this.isOurs(person));
    const facts = ours.map((person) => ({ person, line: packRefold() }));
    if (facts.length) await this.tools.redis.xadd(factStream(this.shard), '*', bodyField, packFacts(facts));
  }

  private noted(people: string[]): Step {
    const facts = people.map((person) => ({ person, line: packRefold() }));
    const { note, write } = foldNote(facts, this.tools.now());
    this.notes.push(note);
    return write;
  }

  /** Durable in the other stream before this batch is written; told twice is told once, for scans are a set. */
  private async forward(facts: Fact[]): Promise<void> {
    const parts = new Map<string, Fact[]>();
    for (const fact of facts) {
      const stream = factStream(shardOf(this.rootOf(fact.person), this.tools.shards));
      parts.set(stream, [...(parts.get(stream) ?? []), fact]);
    }
    for (const [stream, part] of parts) await this.tools.redis.xadd(stream, '*', bodyField, packFacts(part));
  }

  /** Reads whom these people count as now, and everybody who counts as the same. */
  private async learn(people: string[]): Promise<void> {
    const known = people.map((person) => this.rootOf(person));
    const rows = await this.tools.graph.read('people/same', { ids: [...new Set([...people, ...known])] });
    const asked = new Set([...people, ...known, ...rows.map(({ id }) => id)]);
    for (const person of asked) this.unset(person);
    for (const { id, root } of rows) if (id !== root) this.set(id, root);
  }

  private set(person: string, root: string): void {
    this.roots.set(person, root);
    this.linked.set(root, (this.linked.get(root) ?? new Set()).add(person));
  }

  private unset(person: string): void {
    const root = this.roots.get(person);
    if (root === undefined) return;
    this.roots.delete(person);
    const others = this.linked.get(root);
    others?.delete(person);
    if (others?.size === 0) this.linked.delete(root);
  }

  private rootOf(person: string): string {
    return this.roots.get(person) ?? person;
  }

  private isOurs(person: string): boolean {
    return this.tools.shards === 1 || shardOf(person, this.tools.shards) === this.shard;
  }
}

const isAboutLinks = (line: string): boolean => kindOf(line) === 'm' || kindOf(line) === 'r';

const nothing = (): PersonFacts => ({ scans: [], undos: [], kept: new Map(), lines: new Map() });

function factsOf(people: Map<string, PersonFacts>, person: string): PersonFacts {
  const facts = people.get(person) ?? nothing();
  people.set(person, facts);
  return facts;
}

function moveTo(root: PersonFacts, { person, own }: { person: string; own: PersonFacts }): void {
  root.scans.push(...own.scans.splice(0));
  root.undos.push(...own.undos.splice(0));
  for (const [id, stay] of own.kept) {
    root.kept.set(id, stay);
    if (stay) root.owners = (root.owners ?? new Map<string, string>()).set(id, person);
  }
  own.kept.clear();
}

/** Reads what a line says about links into the facts of its person; false when it is about something else. */
export function takeLink(own: PersonFacts, line: string): boolean {
  if (!isAboutLinks(line)) return false;
  if (kindOf(line) === 'm') own.relinked = [...(own.relinked ?? []), ...unpackRelinked(line)];
  own.refold = true;
  return true;
}
