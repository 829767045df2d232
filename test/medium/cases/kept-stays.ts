import { newId } from '../../../config/ids.js';
import type { LiveStays } from '../../../graph/stays/live-stays.js';
import type { ChangedStay } from '../../../src/domain/exposure/carrier-index.js';
import { factStream } from '../../../src/streams.js';
import { ChangeLog } from '../../../workers/trace/change-log.js';
import { StayFeed } from '../../../workers/trace/stay-feed.js';
import type { Bench, Shard } from '../presence/bench.js';

/** A shard with some people whom the graph knows. */
export async function scene(bench: Bench, count: number) {
  const shard = await bench.shard(Date.now());
  const people = Array.from({ length: count }, () => shard.person());
  const rows = people.map((id) => ({ id, key: 'none', sealed: 'none', nameKeys: '', verified: true, unit: null }));
  await bench.graph.write('people/create', { rows, atMs: 0 });
  return { shard, people, tag: newId() };
}

/** What looks at the facts of a shard from its beginning on. */
export function feedFrom({ graph, redis }: Bench, { shard }: Shard, now = () => Date.now()): StayFeed {
  const folded = async () => {
    const [state] = await graph.read('people/positions', { streams: [factStream(shard)] });
    return Array.from({ length: shard + 1 }, () => state?.position ?? '0-0');
  };
  return new StayFeed(shard, { graph, redis, now, folded }, { position: '0-0', lookedMs: now() });
}

/** The same, keeping these stays up. */
export async function feedOf(
  bench: Bench,
  shard: Shard,
  { stays, now }: { stays: LiveStays; now?: () => number },
): Promise<StayFeed> {
  const feed = feedFrom(bench, shard, now);
  await feed.keep({ stays, log: new ChangeLog<ChangedStay>([]) });
  return feed;
}

/** All stays of a person in memory, in order. */
export function inMemory(stays: LiveStays, person: string): string[] {
  const number = stays.personNumber(person);
  if (number === undefined) return [];
  const asked = [{ person: number, from: -Infinity, to: Infinity }];
  return stays
    .staysOf(asked)
    .flatMap(({ stays: columns, stay, place }) =>
      Array.from(stay, (each, at) => {
        const { venue, zone } = stays.place(place[at]!);
        return [venue, zone, columns.from(each), columns.to(each), columns.trust(each)].join(' ');
      }),
    )
    .sort();
}
