import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Graph } from '../../../graph/graph.js';
import { openTown, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const remember = (person: string, version: number, sealed: string) =>
  town.worker.get(Graph).write('status/remember', { rows: [{ person, version, sealed }], atMs: Date.now() });

const remembered = (person: string) =>
  town.cypher(
    'MATCH (:Person {id: $person})-[:WAS]->(s:Status) RETURN s.version AS version, s.sealed AS sealed ORDER BY version',
    { person },
  );

describe('the history of a person', () => {
  it('holds a version once, as the first to write it wrote it', async () => {
    const person = await town.house.person();
    await remember(person, 7, 'first');
    await remember(person, 7, 'second');
    await remember(person, 8, 'next');
    expect(await remembered(person)).toEqual([
      { version: 7, sealed: 'first' },
      { version: 8, sealed: 'next' },
    ]);
  });

  it('holds a version once when several write it at the same time', async () => {
    const person = await town.house.person();
    await Promise.all(Array.from({ length: 8 }, (_, at) => remember(person, 9, `by ${at}`)));
    expect(await remembered(person)).toHaveLength(1);
  });
});
