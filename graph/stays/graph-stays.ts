import type { PersonSpan, Place, PlaceSpan, StaysAtPlaces, StaysOfPeople } from '../../src/domain/exposure/reader.js';
import { daysTouched } from '../../src/domain/stay/day.js';
import type { Graph, RowOf } from '../graph.js';
import { parseDirectVenue } from './direct-venue.js';
import { Numbers } from './numbers.js';
import { Places } from './places.js';
import { StayTable } from './stay-table.js';
import { Names, type NamesOf, type OnRead, type TracedStays } from './traced-stays.js';

/** People of one query, and days of venues of one query: some ten thousand stays each (assumption). */
const peoplePerRead = 500;
const daysPerRead = 200;

type Stays = Omit<RowOf<'cases/stays_of_people'>, 'person'>;

/** What a reader of the graph works with. */
export interface GraphStaysTools {
  graph: Pick<Graph, 'read'>;
  namesOf: NamesOf;
  onRead?: OnRead;
}

/**
 * Stays out of the graph, for one trace: two queries through unique keys, columns collected by the server (DESIGN
 * section 4). Keeps only numbers and names; every answer has columns of its own.
 */
export class GraphStays implements TracedStays {
  private readonly people = new Numbers();
  private readonly places = new Places();
  private readonly names: Names;

  constructor(
    private readonly tools: GraphStaysTools,
    person: string,
  ) {
    this.names = new Names(tools.namesOf);
    this.people.of(person);
  }

  get personCount(): number {
    return this.people.ids.length;
  }

  personNumber(id: string): number | undefined {
    return this.people.byId.get(id);
  }

  personId(person: number): string {
    return this.names.called(this.idOf(person));
  }

  idOf(person: number): string {
    return this.people.ids[person]!;
  }

  idNamed(name: string): string {
    return this.names.idNamed(name);
  }

  venueNamed(name: string): string {
    return this.names.venueNamed(name);
  }

  place(place: number): Place {
    return this.places.list[place]!;
  }

  name(people: readonly string[]): Promise<void> {
    return this.names.learn(people);
  }

  async staysOf(asked: readonly PersonSpan[]): Promise<StaysOfPeople[]> {
    const table = new StayTable(this.people, this.places);
    for (let at = 0; at < asked.length; at += peoplePerRead) {
      const part = asked.slice(at, at + peoplePerRead);
      const people = part.map(({ person }) => this.idOf(person));
      await this.tools.onRead?.(people);
      const rows = await this.tools.graph.read('cases/stays_of_people', {
        people,
        fromsMs: part.map(({ from }) => from),
        tosMs: part.map(({ to }) => to),
      });
      for (const { person, ...stays } of rows) await this.take(table, stays, () => person);
    }
    return table.build().staysOf(asked);
  }

  async staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): Promise<StaysAtPlaces[]> {
    const table = new StayTable(this.people, this.places);
    const days = [...this.daysOf(asked)];
    for (let at = 0; at < days.length; at += daysPerRead) {
      const part = days.slice(at, at + daysPerRead);
      const keys = part.map(([key]) => key);
      const fromsMs = part.map(([, { from }]) => from);
      const tosMs = part.map(([, { to }]) => to);
      const rows = await this.tools.graph.read('cases/stays_at_days', { keys, fromsMs, tosMs });
      for (const { people, ...stays } of rows) await this.take(table, stays, (stay) => people[stay]!);
    }
    return table.build().staysAt(asked, zones);
  }

  /** Each day of a venue once, with all the time on it that is asked for. */
  private daysOf(asked: readonly PlaceSpan[]): Map<string, { from: number; to: number }> {
    const days = new Map<string, { from: number; to: number }>();
    for (const { place, from, to } of asked) {
      const venue = this.venueNamed(this.place(place).venue);
      for (const day of daysTouched(from, to)) {
        const key = `${venue}|${day}`;
        const known = days.get(key);
        days.set(key, { from: Math.min(from, known?.from ?? from), to: Math.max(to, known?.to ?? to) });
      }
    }
    return days;
  }

  private async take(table: StayTable, stays: Stays, personOf: (stay: number) => string): Promise<void> {
    const direct = stays.venues.flatMap((venue, at) =>
      stays.directs[at] ? (parseDirectVenue(venue)?.people ?? []) : [],
    );
    if (direct.length) await this.name(direct);
    for (const [at, venue] of stays.venues.entries()) {
      const [setting, isDirect] = [stays.settings[at], stays.directs[at]];
      const facts = isDirect ? { direct: isDirect } : setting ? { setting } : {};
      const { zones, ins, outs, trusts } = stays;
      const [zone, inMs, out, trust] = [zones[at]!, ins[at]!, outs[at]!, trusts[at]!];
      const stay = {
        person: personOf(at),
        venue: isDirect ? this.names.printed(venue) : venue,
        zone,
        in: inMs,
        out,
        trust,
      };
      table.add(stay, facts);
    }
  }
}
