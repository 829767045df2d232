import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, CitizenStatus, Reply } from '../../../src/events.js';
import type { StaffStatus } from '../../../src/status/show.js';
import { askOver, scanOf, until } from '../gate/house.js';
import { district, inMs, office, rulesFor } from './rules.js';
import { openTown, type Town } from './town.js';

let town: Town;
let { publish } = {} as ReturnType<typeof office>;
beforeAll(async () => {
  town = await openTown();
  ({ publish } = office(town));
});
afterAll(() => town.close());

describe('a policy that begins', () => {
  it('tells everybody whose colour it changes once, at its instant, and nobody else', async () => {
    const { area, people } = await district(town, 4);
    const [red, green, elsewhere] = [people[0]!, people[1]!, await town.house.person()];
    await publish(rulesFor(area, { validFrom: inMs(10_000) }));
    await town.expose(red);
    await town.expose(elsewhere);
    const heard = new Map<string, CitizenStatus[]>();
    for (const person of [red, green, elsewhere]) {
      heard.set(person, []);
      const socket = await town.citizen(person);
      socket.on('status', (now) => heard.get(person)!.push(now));
      await until(async () => {
        const reply = (await socket.timeout(8_000).emitWithAck('resume', { version: 0 })) as Reply<
          { status: CitizenStatus },
          string
        >;
        return reply.ok && reply.data.status.colour === (person === green ? 'green' : 'red');
      }, 30_000);
    }
    for (const list of heard.values()) list.length = 0;
    const begins = Date.now() + 15_000;
    const body = rulesFor(area, { f1: 'yellow', validFrom: new Date(begins).toISOString() });
    await publish(body);
    await until(() => heard.get(red)!.length > 0, 40_000);
    expect(heard.get(red)).toMatchObject([{ colour: 'yellow', rule: 'F1' }]);
    expect(Date.parse(heard.get(red)![0]!.at)).toBeGreaterThanOrEqual(begins);
    expect(heard.get(green)).toEqual([]);
    expect(heard.get(elsewhere)).toEqual([]);
    const { body: now } = await town.ask<StaffStatus>('GET', `/people/${red}/status`);
    expect(now).toMatchObject({ colour: 'yellow', policy: { version: body.version } });
    expect(await colourAtGate(area, red)).toBe('yellow');
  });
});

/** What a gate in the area answers. */
async function colourAtGate(area: string, person: string): Promise<string> {
  const { venue, token } = await town.house.gate('shop');
  await town.cypher('MATCH (v:Venue {id: $venue}) SET v.unit = $area', { venue, area });
  const socket = town.house.connect(token);
  const reply = await askOver<Reply<Answer, string>>(socket, 'scan', scanOf(town.house.card(person)));
  return reply.ok ? reply.data.colour : reply.error;
}
