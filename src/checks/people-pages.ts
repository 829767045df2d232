import { newId } from '../../config/ids.js';

/** People read at once. */
const peoplePerPage = 500;

type ReadPage = (page: { after: string; limit: number }) => Promise<{ person: string }[]>;

/** All people in the order of their ids, or so many from a random one on, the first after the last. */
export async function* peoplePages(read: ReadPage, sample = Infinity): AsyncGenerator<string[]> {
  const begin = sample === Infinity ? '' : newId();
  let left = sample;
  for (const [from, to] of [
    [begin, undefined],
    ['', begin],
  ] as const) {
    if (to === '') return;
    for (let after: string = from; left > 0;) {
      const page = await read({ after, limit: Math.min(left, peoplePerPage) });
      const people = page.map(({ person }) => person).filter((person) => to === undefined || person <= to);
      if (people.length) yield people;
      left -= people.length;
      if (people.length < page.length || page.length === 0) break;
      after = people.at(-1)!;
    }
  }
}
