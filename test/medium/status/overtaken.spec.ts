import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Graph } from '../../../graph/graph.js';
import type { CitizenStatus, Reply, Resumed } from '../../../src/events.js';
import { Statuses } from '../../../src/status/statuses.service.js';
import { Renewal } from '../../../workers/status/renewal.js';
import { until } from '../gate/house.js';
import { openTown, wholeCase, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** The status step for one person; the push is on its way when it ends. */
const renew = (person: string) => town.worker.get(Renewal).renew([person]);

/** Somebody green whose screen is connected and has not yet asked how things stand. */
async function connected() {
  const person = await town.house.person();
  await renew(person);
  const heard: CitizenStatus[] = [];
  const socket = await town.citizen(person);
  socket.on('status', (now) => heard.push(now));
  await until(() => socket.connected);
  const resume = async (version: number) =>
    (await socket.timeout(8_000).emitWithAck('resume', { version })) as Reply<Resumed, string>;
  return { person, heard, resume };
}

/** Somebody green whose screen listens. */
async function listening() {
  const screen = await connected();
  expect(await screen.resume(0)).toMatchObject({ ok: true, data: { status: { colour: 'green' } } });
  return screen;
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
  const end = () => {
    graph.write = write;
    for (const letGo of waiting) letGo();
  };
  return { held: () => waiting.length, letGo: (index) => waiting[index]!(), end };
}

/** Holds back, in the API process, the first colours that are read from now on. */
function holdFirstRead(): { isRead: () => boolean; letGo: () => void; end: () => void } {
  const statuses = town.house.app.get(Statuses);
  const current = statuses.current.bind(statuses);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let reads = 0;
  statuses.current = async (people) => {
    const found = await current(people);
    if (++reads === 1) await held;
    return found;
  };
  return { isRead: () => reads > 0, letGo, end: () => (statuses.current = current) };
}

describe('an answer to resume and a push, which come on two ways,', () => {
  it('agree when the push comes first, and it is not told again', async () => {
    const { person, heard, resume } = await connected();
    await expose(person);
    await renew(person);
    await until(() => heard.length === 1);
    const { version } = heard[0]!;
    expect(await resume(version)).toMatchObject({ ok: true, data: { version, changed: false } });
    expect(await resume(version - 1)).toMatchObject({ data: { version, changed: true, status: { colour: 'red' } } });
    await spare(person);
    await renew(person);
    await until(() => heard.at(-1)?.colour === 'green');
    expect(heard.map(({ colour }) => colour)).toEqual(['red', 'green']);
  });

  it('agree when the answer comes first: the push tells nothing that it has said', async () => {
    const { person, heard, resume } = await connected();
    await expose(person);
    expect(await resume(1)).toMatchObject({ ok: true, data: { changed: true, status: { colour: 'red' } } });
    await renew(person);
    await spare(person);
    await renew(person);
    await until(() => heard.length > 0);
    expect(heard.map(({ colour }) => colour)).toEqual(['green']);
  });

  it('agree when the push comes while the answer is read: the answer is no older than the push', async () => {
    const { person, heard, resume } = await connected();
    const read = holdFirstRead();
    try {
      const answer = resume(0);
      await until(read.isRead);
      await expose(person);
      await renew(person);
      await until(() => heard.at(-1)?.colour === 'red');
      read.letGo();
      expect(await answer).toMatchObject({
        ok: true,
        data: { version: heard[0]!.version, changed: true, status: { colour: 'red' } },
      });
    } finally {
      read.letGo();
      read.end();
    }
    expect(heard).toHaveLength(1);
  });
});

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
      let isWritten = false;
      void Promise.race([red, green]).then(() => (isWritten = true));
      await until(() => history.held() === 2 || isWritten);
      // The servers are shared: a worker of another file may have remembered a version before this one could.
      if (isWritten) history.end();
      else {
        for (const index of order) {
          history.letGo(index);
          await [red, green][index];
        }
      }
      await until(() => heard.at(-1)?.colour === 'green');
    } finally {
      history.end();
    }
    expect(heard.map(({ colour }) => colour)).toEqual(['red', 'green']);
  });
});
