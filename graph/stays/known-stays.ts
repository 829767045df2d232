import type { RowOf } from '../graph.js';
import type { KnownStay } from './live-stays.js';

type Columns = Omit<RowOf<'cases/stays_of_people'>, 'person'>;

/** Columns of stays out of the graph, one by one; private venues keep the ids of the graph. */
export function* knownStays(columns: Columns, personOf: (stay: number) => string): Generator<KnownStay> {
  const { venues, zones, ins, outs, trusts, settings, directs } = columns;
  for (const [at, venue] of venues.entries()) {
    const [setting, direct] = [settings[at], directs[at]];
    const facts = direct ? { direct } : setting ? { setting } : {};
    const when = { in: ins[at]!, out: outs[at]!, trust: trusts[at]! };
    yield { person: personOf(at), venue, zone: zones[at]!, ...when, facts };
  }
}
