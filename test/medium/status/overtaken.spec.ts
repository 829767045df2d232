import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Graph } from '../../../graph/graph.js';
import type { CitizenStatus, Reply, Resumed } from '../../../src/events.js';
import { Renewal } from '../../../workers/status/renewal.js';
import { until } from '../gate/house.js';
import { openTown, wholeCase, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** Somebody green whose screen listens. */
async function listening() {
  const person = await town.house.person();
  const heard: CitizenStatus[] = [];
  const socket = await town.citizen(person);
  socket.on('status', (now) => heard.push(now));
  const reply = (await socket.timeout(8_000).emitWithAck('resume', { version: 0 })) as Reply<Resumed, string>;
  expect(reply).toMatchObject({ ok: true, data: { status: { colour: 'green' } } });
  return { person, heard };
}

/** An exposure as it stands in the graph, nobody told yet; and its end. */
const expose = (person: string) =>
  town.cypher(
    `MATCH (p:Person {id: $person}) SET p.version = p.version + 1
     CREATE (c:Case {id: 'c' + $person}) SET c += $whole
     CREATE (p)-[:EXPOSED {level: 1, at: toInteger($at), lastAt: toInteger($at), from: toInteger($at), to: toInteger($at),
       minutes: 45, trust: 1.0, dose: 45.0, via: c.id, venue: 'hall'}]->(c)`,
    { person, at: Date.now() - 3_600_000, whole: wholeCase(Date.now()) },
  );
const spare = (person: string) =>
  town.cypher('MATCH (p:Person {id: $person})-[x:EXPOSED]->() SET p.version = p.version + 1 DELETE x', { person });

/** Holds what is remembered of people back, each batch until it is let go. */
function holdHistory(of: string): { held: () => number; letGo: (index: number) => void; end: () => void } {
  const graph = town.worker.get(Graph);
  const write = graph.write.bind(graph);
  const waiting: (() => void)[] = [];
  graph.write = (async (name: string, params: never) => {
    const isHeld = name === 'status/remember' && JSON.stringify(params).includes(of);
    if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
    return write(name as never, params);
  }) as typeof graph.write;
  return { held: () => waiting.length, letGo: (index) => waiting[index]!(), end: () => (graph.write = write) };
}

describe('a screen whose colour turned and turned back before either was remembered', () => {
  it.each([
    ['the first is remembered first', [0, 1]],
    ['the second is remembered first', [1, 0]],
  ])('is green in the end when %s', async (_, order) => {
    const { person, heard } = await listening();
    const renewal = town.worker.get(Renewal);
    await renewal.renew([person]);
    const history = holdHistory(person);
    try {
      await expose(person);
      const red = renewal.renew([person]);
      await until(() => heard.at(-1)?.colour === 'red');
      await spare(person);
      const green = renewal.renew([person]);
      await until(() => history.held() === 2);
      for (const index of order) {
        history.letGo(index);
        await [red, green][index];
      }
      await until(() => heard.at(-1)?.colour === 'green');
    } finally {
      history.end();
    }
    expect(heard.map(({ colour }) => colour)).toEqual(['red', 'green']);
  });
});
