import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { parseDirectVenue } from '../../graph/stays/direct-venue.js';
import { ENV } from '../core.module.js';
import { foldScans } from '../domain/stay/fold.js';
import { packUndo, unpackLine } from '../domain/stay/packed.js';
import { scanKey, type Scan, type Undo } from '../domain/stay/scan.js';
import { emptyFold, type FoldState } from '../domain/stay/step.js';
import { Policies } from '../policies.js';
import { Problem } from '../http/problem.js';
import { pageOf, type Page } from '../http/page.js';
import { packDrop, packKeep, type Fact } from '../streams.js';
import { Facts } from './facts.js';
import { showStay, type NewStay, type Stay, type StayChange, type StayQuery } from './stay.js';

/** How long a change by hand waits for the worker before the caller is told that it is on its way (assumption). */
const settleWithinMs = 5_000;

const dayMs = 86_400_000;

/** Whether a change can be read back already. */
export interface Changed {
  id: string;
  settled: boolean;
}

type StoredStay = RowOf<'people/stays'>;

/** The stays of one person: read, entered by hand, amended, voided (SPEC section 4). */
@Injectable()
export class Stays {
  constructor(
    private readonly graph: Graph,
    private readonly policies: Policies,
    private readonly facts: Facts,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  /** Oldest first; the cursor is the instant and id a page ends at. */
  async list(person: string, { from = 0, to = 8.64e15, limit, after }: StayQuery): Promise<Page<Stay>> {
    const stays = await this.graph.read('people/stays', { person, fromMs: from, toMs: to });
    const rest = after === undefined ? stays : stays.filter((stay) => cursorOf(stay) > after);
    const { items, next } = pageOf(rest, limit, cursorOf);
    return { items: items.map(showStay), next };
  }

  async add(person: string, { venue, zone, in: inMs, out }: NewStay, trust = 1): Promise<Changed> {
    await this.refuseUnknownVenue(venue);
    this.refuseOld(inMs);
    const id = newId();
    return this.hand(id, [{ person, line: packKeep({ id, venue, zone, in: inMs, out, trust }) }]);
  }

  /** Takes the scans of a folded stay out of the set, or drops a kept one. */
  async void(person: string, id: string): Promise<Changed> {
    const stay = await this.get(person, id);
    return this.hand(id, await this.voiding(person, stay));
  }

  /** Voids the stay and keeps one with the new times in its place, under an id of its own. */
  async amend(person: string, id: string, change: StayChange): Promise<Changed> {
    const stay = await this.get(person, id);
    const { venue = stay.venue, zone = stay.zone, in: inMs = stay.inMs, out = stay.outMs } = change;
    if (inMs >= out) throw wrongOrder();
    await this.refuseUnknownVenue(venue);
    this.refuseOld(inMs);
    const kept = { id: newId(), venue, zone, in: inMs, out, trust: stay.trust };
    return this.hand(kept.id, [...(await this.voiding(person, stay)), { person, line: packKeep(kept) }]);
  }

  private async get(person: string, id: string): Promise<StoredStay> {
    const stays = await this.graph.read('people/stays', { person, fromMs: 0, toMs: 8.64e15 });
    const found = stays.find((stay) => stay.id === id);
    if (!found) throw new Problem(404, 'stay-unknown', 'This person has no such stay.');
    if (parseDirectVenue(found.venue)) {
      throw new Problem(409, 'encounter', 'This is half of an encounter: take the encounter back as a whole.');
    }
    return found;
  }

  private async voiding(person: string, stay: StoredStay): Promise<Fact[]> {
    if (stay.kept) return [{ person: stay.of ?? person, line: packDrop(stay.id) }];
    const undoneAt = this.now();
    const [scans, owners] = await Promise.all([this.scansOf(person, stay.id), this.ownersOf(person)]);
    return scans.flatMap((scan) => {
      const line = packUndo({ gate: scan.gate, scanId: scan.scanId, at: scan.at, undoneAt });
      return [...(owners.get(scanKey(scan)) ?? [person])].map((owner) => ({ person: owner, line }));
    });
  }

  /** Of whom each scan was: of the person, or of somebody who is the same person. */
  private async ownersOf(person: string): Promise<Map<string, Set<string>>> {
    const owners = new Map<string, Set<string>>();
    const same = await this.graph.read('people/same', { ids: [person] });
    for (const { id } of same) {
      for (const line of (await this.graph.read('presence/scans_of', { person: id })).flatMap(({ scans }) => scans)) {
        const read = unpackLine(line);
        if (!('scan' in read)) continue;
        const key = scanKey(read.scan);
        owners.set(key, (owners.get(key) ?? new Set()).add(id));
      }
    }
    return owners;
  }

  /** The scans that opened, confirmed, repeated or ended a stay. */
  private async scansOf(person: string, stay: string): Promise<Scan[]> {
    const [history] = await this.graph.read('presence/same_history', { people: [person] });
    const read = (history?.scans.flat() ?? []).map(unpackLine);
    const before = history?.baseBeforeMs ?? -Infinity;
    const scans = read.flatMap((one): Scan[] => ('scan' in one && one.scan.at >= before ? [one.scan] : []));
    const undone = read.flatMap((one): Undo[] => ('undo' in one ? [one.undo] : []));
    const from = history?.base ? (JSON.parse(history.base) as FoldState) : emptyFold;
    const folded = foldScans(scans, undone, this.policies.stayRules, from).stays.find(({ id }) => id === stay);
    const keys = new Set(folded?.scans);
    return [...new Map(scans.filter((scan) => keys.has(scanKey(scan))).map((scan) => [scanKey(scan), scan])).values()];
  }

  private async hand(id: string, facts: Fact[]): Promise<Changed> {
    const positions = await this.facts.append(facts);
    return { id, settled: await this.facts.settled(positions, settleWithinMs) };
  }

  private async refuseUnknownVenue(id: string): Promise<void> {
    const known = parseDirectVenue(id) ? [] : await this.graph.read('venues/known', { ids: [id] });
    if (known.length) return;
    throw new Problem(422, 'venue-unknown', 'There is no such venue.', {
      errors: [{ path: 'venue', expected: 'the id of a venue', got: 'an id nobody knows' }],
    });
  }

  private refuseOld(inMs: number): void {
    if (inMs >= this.now() - this.env.RETENTION_DAYS * dayMs) return;
    throw new Problem(422, 'too-old', `Stays are kept for ${this.env.RETENTION_DAYS} days.`, {
      errors: [{ path: 'in', expected: 'an instant within the retention', got: 'an older one' }],
    });
  }
}

/** Fixed width, so that text order is the order of time. */
const cursorOf = ({ inMs, id }: StoredStay): string => `${String(inMs).padStart(16, '0')}-${id}`;

const wrongOrder = (): Problem =>
  new Problem(422, 'bad-input', 'The input does not fit.', {
    errors: [{ path: 'out', expected: 'an instant after in', got: 'an earlier one' }],
  });
