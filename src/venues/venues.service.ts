import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Graph, step, type RowOf } from '../../graph/graph.js';
import type { StoredVenue } from '../../graph/queries/venues.js';
import type { Caller } from '../auth/caller.js';
import { Problem } from '../http/problem.js';
import { News } from '../people/news.js';
import { TraceNews } from '../trace-news.js';
import { Units } from '../units/units.service.js';
import { newVenueCode, storeVenue, type NewVenue, type VenueChange } from './venue.js';

/** Venues that are made in one transaction of an import. */
const batchSize = 2_000;

/** Venues: who may make, see and change them (SPEC section 10). */
@Injectable()
export class Venues {
  constructor(
    private readonly graph: Graph,
    private readonly units: Units,
    private readonly news: News,
    private readonly traces: TraceNews,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Makes a venue, in the caller's unit if none is named; whoever makes it as an owner owns it. */
  async create(caller: Caller, { id = newId(), point, capacity, ...rest }: NewVenue): Promise<StoredVenue> {
    const unit = rest.unit ?? caller.unit ?? null;
    await this.refuseOutside(caller, unit);
    const venue = storeVenue({
      ...rest,
      id,
      code: newVenueCode(),
      unit,
      point: point ?? null,
      capacity: capacity ?? null,
    });
    const owner = isOwner(caller) ? caller.id : null;
    const [made] = await this.graph.write('venues/create', { venue, owner, atMs: this.now() });
    if (!made?.fresh) throw new Problem(409, 'venue-exists', `There is a venue of the id ${id} already.`);
    return venue;
  }

  /** The venue, if the caller may know of it; otherwise there is none (404). */
  async get(caller: Caller, id: string): Promise<{ venue: StoredVenue; inUse: boolean }> {
    const [found] = await this.graph.read('venues/by_id', { id });
    const known = found && (await this.mayKnow(caller, found));
    if (!known) throw new Problem(404, 'venue-unknown', 'There is no such venue.');
    return found;
  }

  /** Those of several venues that the caller may know of. */
  async getAll(caller: Caller, ids: string[]): Promise<StoredVenue[]> {
    const found = await this.graph.read('venues/by_ids', { ids });
    const known = await Promise.all(found.map((one) => this.mayKnow(caller, one)));
    return found.filter((_, at) => known[at]).map(({ venue }) => venue);
  }

  /**
   * Changes a venue. Its kind and unit stand in every scan and decide how scans fold into stays, so they stay as they
   * are once a gate was paired or somebody stayed there (409). How air is shared there weighs doses (SPEC section 5): cases
   * that were there are traced anew when it changes.
   */
  async change(caller: Caller, id: string, change: VenueChange): Promise<StoredVenue> {
    const { venue: before, inUse } = await this.get(caller, id);
    const after = merge(before, change);
    const folds = after.kind !== before.kind || after.unit !== before.unit;
    if (folds && inUse) {
      throw new Problem(409, 'venue-in-use', 'The kind and the unit of a venue with gates or stays cannot change.');
    }
    if (after.unit !== before.unit) await this.refuseOutside(caller, after.unit);
    const cases = after.setting === before.setting ? [] : await this.graph.read('cases/of_visitors', { venue: id });
    const traced = this.traces.noteFor(cases.map((one) => one.id));
    const steps = [step('venues/change', { venue: after }), traced.write];
    await this.news.write(steps, [{ push: 'venue-changed', venue: id }]);
    await this.traces.handOn([traced.note]);
    return after;
  }

  /** A page of the caller's venues: an owner's own, an officer's unit, or all. */
  async list(caller: Caller, page: { after: string; limit: number }): Promise<StoredVenue[]> {
    if (isOwner(caller)) return this.graph.read('venues/list_owned', { owner: caller.id, ...page });
    if (caller.unit === undefined) return this.graph.read('venues/list', page);
    return this.graph.read('venues/list_of_units', { units: await this.units.within(caller.unit), ...page });
  }

  /** The venues of imported files, made when first seen: kind `other` (SPEC 12). */
  async ensure(ids: string[]): Promise<void> {
    const distinct = [...new Set(ids)].sort();
    const known = new Set((await this.graph.read('venues/known', { ids: distinct })).map(({ id }) => id));
    const rows = distinct.filter((id) => !known.has(id)).map((id) => ({ id, code: newVenueCode() }));
    for (let at = 0; at < rows.length; at += batchSize) {
      await this.graph.write('venues/ensure', { rows: rows.slice(at, at + batchSize), atMs: this.now() });
    }
  }

  private async mayKnow(caller: Caller, { venue, owners }: Pick<RowOf<'venues/by_ids'>, 'venue' | 'owners'>) {
    return isOwner(caller) ? owners.includes(caller.id) : this.units.mayKnow(caller.unit, venue.unit);
  }

  /** An officer makes and moves venues within their own unit; an owner's shop stands wherever it stands. */
  private async refuseOutside(caller: Caller, unit: string | null): Promise<void> {
    if (isOwner(caller) || (await this.units.mayKnow(caller.unit, unit))) return;
    throw new Problem(403, 'outside-your-unit', `The unit ${unit} is not within yours.`);
  }
}

/** Acts for shops of their own, and not for an authority. */
const isOwner = ({ roles }: Caller): boolean =>
  roles.includes('owner') && !roles.some((role) => role === 'admin' || role === 'head' || role === 'tracer');

function merge(before: StoredVenue, { point, ...change }: VenueChange): StoredVenue {
  const at = point === undefined ? {} : { lat: point?.lat ?? null, lon: point?.lon ?? null };
  return { ...before, ...change, ...at };
}
