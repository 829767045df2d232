import { setImmediate as turn } from 'node:timers/promises';
import type { Vault } from '../../config/vault.js';
import type { Graph, RowOf } from '../../graph/graph.js';
import { carriersOf } from '../../graph/tracing.js';
import { contactOf } from '../../src/case-contact.js';
import { isClosed } from '../../src/case-state.js';
import { CarrierIndex, type Carrier, type ChangedStay } from '../../src/domain/exposure/carrier-index.js';
import { ContactRule } from '../../src/domain/exposure/contact-rule.js';
import type { StayReader } from '../../src/domain/exposure/reader.js';
import type { TracedCase } from '../../src/domain/exposure/windows.js';
import type { Policies } from '../../src/policies.js';
import { addDays, touchedInGraph, type MayChange } from './fact-changes.js';
import type { Kept } from './stay-keeper.js';

/** Carriers of all cases that are kept: some 300 MB; cases beyond are looked up in the graph (assumption). */
const mostCarriers = 4_000_000;

/** Cases read between two looks at what changed, and changes compared before others have their turn (assumptions). */
const casesPerBeat = 20;
const changesPerTurn = 200;

/** What reads the carriers of cases. */
export interface CarrierTools {
  graph: Graph;
  vault: Vault;
  policies: Policies;
}

/** A case as it was traced, with its carriers. */
export interface Carried {
  traced: TracedCase;
  /** When the case closes: nothing touches it from then on. */
  closesAt: number | null;
  rule: ContactRule;
  carriers: Carrier[];
}

/** The cases whose exposures are right, as far as all is known that was followed; and which of them a change touches. */
export class SettledCases {
  private readonly index = new CarrierIndex();
  /** Settled as well, but not in the index yet, and those for which it has no room. */
  private readonly unread = new Set<string>();
  private readonly large = new Map<string, number>();
  private readonly closing = new Map<string, { closesAt: number }>();

  constructor(
    private readonly tools: CarrierTools,
    private readonly room = mostCarriers,
  ) {}

  /** Begins anew: the graph tells what is settled and not closed. */
  async open(atMs: number): Promise<void> {
    this.index.clear();
    this.large.clear();
    this.unread.clear();
    this.closing.clear();
    for (const { id } of await this.tools.graph.read('cases/settled', { atMs })) this.unread.add(id);
  }

  /** Takes a case for settled; without its carriers they are read later. */
  add(id: string, carried: Carried | undefined): void {
    this.drop(id);
    if (!carried) return void this.unread.add(id);
    const { traced, rule, carriers, closesAt } = carried;
    if (closesAt !== null) this.closing.set(id, { closesAt });
    if (this.index.size + carriers.length > this.room) this.large.set(id, carriers.length);
    else this.index.put(traced, rule, carriers);
  }

  drop(id: string): void {
    this.index.drop(id);
    this.unread.delete(id);
    this.large.delete(id);
    this.closing.delete(id);
  }

  /** Drops the cases that have closed by now; those for which there is room then are read into the index. */
  close(atMs: number): void {
    const closed = [...this.closing].filter(([, stored]) => isClosed(stored, atMs));
    for (const [id] of closed) this.drop(id);
    if (closed.length === 0) return;
    let { size } = this.index;
    for (const [id, carriers] of this.large) {
      if (size + carriers > this.room) continue;
      size += carriers;
      this.large.delete(id);
      this.unread.add(id);
    }
  }

  /** How many carriers there are in the index. */
  get size(): number {
    return this.index.size;
  }

  /** Reads the carriers of a few more cases into the index; resolves to whether there are more. */
  async readSome(): Promise<boolean> {
    const ids = [...this.unread].slice(0, casesPerBeat);
    if (ids.length === 0) return false;
    const known = await this.tools.graph.read('cases/by_ids', { ids });
    for (const id of ids) {
      const stored = known.find((one) => one.id === id);
      const carried = stored && stored.retractedAt === null ? await this.read(stored) : undefined;
      if (carried) this.add(id, carried);
      else this.drop(id);
    }
    return this.unread.size > 0;
  }

  async read(stored: RowOf<'cases/by_ids'>): Promise<Carried> {
    const { graph, vault, policies } = this.tools;
    const contact = await contactOf(policies, stored);
    const carriers = await carriersOf(stored, { graph, vault, contact });
    return { traced: stored, closesAt: stored.closesAt, rule: new ContactRule(contact), carriers };
  }

  /** The settled cases that changed stays may touch. */
  async touchedBy(changed: readonly ChangedStay[], { stays }: Pick<Kept, 'stays'>): Promise<string[]> {
    const touched = await touchedIn(this.index, changed, stays);
    if (this.unread.size + this.large.size === 0) return touched;
    const others = await touchedInGraph(this.tools.graph, mayChange(changed, stays));
    return [...touched, ...others.filter((id) => this.unread.has(id) || this.large.has(id))];
  }
}

/** Whether changed stays may touch one case. */
export async function touches(
  { traced, rule, carriers }: Carried,
  changed: readonly ChangedStay[],
  stays: StayReader,
): Promise<boolean> {
  const index = new CarrierIndex();
  index.put(traced, rule, carriers);
  return (await touchedIn(index, changed, stays)).length > 0;
}

async function touchedIn(index: CarrierIndex, changed: readonly ChangedStay[], stays: StayReader): Promise<string[]> {
  const touched = new Set<string>();
  for (let at = 0; at < changed.length; at += changesPerTurn) {
    for (const id of await index.touchedBy(changed.slice(at, at + changesPerTurn), stays)) touched.add(id);
    await turn();
  }
  return [...touched];
}

function mayChange(changed: readonly ChangedStay[], stays: StayReader): MayChange[] {
  const days = new Set<string>();
  for (const { place, from, to } of changed) addDays(days, stays.place(place).venue, from, to);
  const people = new Set(changed.map(({ person }) => stays.personId(person)));
  return [...[...people].map((person) => ({ person })), ...[...days].map((day) => ({ day }))];
}
