import { readFileSync } from 'node:fs';
import { newId } from '../../../config/ids.js';
import type { ShownDraft, Simulated } from '../../../src/drafts/shown.js';
import type { Town } from './town.js';

const shipped = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../config/policies/${name}.json`, import.meta.url), 'utf8')) as {
    colours: { Identifier: string; colour: string }[];
    sources: Record<string, string>;
  };
const file = shipped('neutral');
const sources: Record<string, string> = { ...file.sources, bulkChangeGuard: 'assumption: a test' };
/** The neutral rules; tests may put a guard beside them. */
export const neutral = { ...file, sources };
/** Rules that ask for doses, which the neutral ones do not. */
export const khanhHoa = shipped('khanh-hoa-2021-10-06');
export const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

/** The neutral rules for an area of the test's own, an F1 red or of another colour. */
export function rulesFor(area: string, { f1 = 'red', ...more }: { f1?: string; [field: string]: unknown } = {}) {
  const colours = neutral.colours.map((rule) => (rule.Identifier === 'F1' ? { ...rule, colour: f1 } : rule));
  return { ...neutral, id: `rules-${area}`, version: newId(), area, colours, validFrom: inMs(86_400_000), ...more };
}

/** A unit of the test's own with people in it who were known here a month ago, perhaps a part of another one. */
export async function district(town: Town, people: number, parent: string | null = null) {
  const area = `d-${newId()}`;
  await town.house.graph.write('units/save', {
    rows: [{ code: area, name: area, parent, level: 'district', validFrom: null, validTo: null }],
  });
  const ids: string[] = [];
  for (let at = 0; at < people; at++) ids.push(await town.house.person());
  await town.cypher('MATCH (p:Person) WHERE p.id IN $ids SET p.unit = $area, p.createdAt = $at', {
    ...{ ids, area },
    at: Date.now() - 30 * 86_400_000,
  });
  return { area, people: ids };
}

/** What officers do with drafts. */
export function office(town: Town) {
  const draft = (body: object, as = 'author') =>
    town.ask<ShownDraft>('POST', '/policies/drafts', { body, role: 'admin', as });
  const simulate = (id: string, body: object = {}) =>
    town.ask<Simulated>('POST', `/policies/drafts/${id}/simulate`, { body, role: 'admin' });
  const approve = (id: string, as: string) =>
    town.ask<ShownDraft & { type: string; earliest?: string }>('POST', `/policies/drafts/${id}/approve`, {
      role: 'head',
      as,
    });
  /** All the way to a published version. */
  const publish = async (body: object): Promise<void> => {
    const { id } = (await draft(body)).body;
    await simulate(id);
    await approve(id, 'first');
    const { body: done } = await approve(id, 'second');
    if (done.state !== 'published') throw new Error(`not published: ${JSON.stringify(done)}`);
  };
  return { draft, simulate, approve, publish };
}
