import { newId } from '../../config/ids.js';
import { pairGate } from '../clients.js';
import { officer, openRules, publish, well } from '../office.js';
import { ask, type System } from '../system.js';
import { until } from '../until.js';

const iso = (ms: number) => new Date(ms).toISOString();
const dayMs = 86_400_000;

/** How long two officers take to put rules into force, and a policy to begin. */
const aheadMs = 8_000;

/** Somebody whose printed card was revoked shows it at a door of their own; resolves to what the door was told. */
export async function showRevoked(system: System, name: string): Promise<unknown> {
  const body = { identifiers: [{ system: 'import', value: newId() }] };
  const { id } = await well<{ id: string }>(system, 'POST /people', { body });
  const made = await ask(system, `POST /people/${id}/cards`, { body: { kind: 'printed' } });
  const { cardId, code } = made.body as { cardId: string; code: string };
  await well(system, `DELETE /cards/${cardId}`);
  const { socket } = await pairGate(system, name);
  const scan = { scanId: newId(), code, direction: 'in', scannedAt: iso(Date.now()) };
  const reply: unknown = await socket.emitWithAck('scan', scan);
  socket.disconnect();
  return reply;
}

/** A ward of ten in which nobody may change colour without a second officer, and quarantine is red. */
export async function openGuardedWard(system: System, name: string): Promise<{ area: string; people: string[] }> {
  const area = `ward-${newId().slice(0, 8)}`;
  const people = Array.from({ length: 10 }, () => newId());
  await well(system, 'POST /imports/units', { csv: `code,name\n${area},${name}\n` });
  const token = await officer(system, 'registrar', area);
  await well(system, 'POST /imports/people', { csv: ['person', ...people].join('\n'), token });
  const begins = Date.now() + aheadMs;
  const inQuarantine = { reduce: [{ var: 'quarantines' }, true, false] };
  const rule = { ...openRules.colours[0], Identifier: 'quarantine', Logic: inQuarantine, colour: 'red' };
  const dated = { id: area, version: newId(), area, validFrom: iso(begins) };
  const bulkChangeGuard = { share: 0.01, withinMinutes: 10, minPeople: 1 };
  await publish(system, { ...openRules, ...dated, bulkChangeGuard, colours: [rule, ...openRules.colours] });
  await until('the rules of the ward are in force', () => Date.now() > begins);
  return { area, people };
}

/** A file puts these people into quarantine: it is held. */
export async function tellQuarantine(system: System, people: string[]): Promise<void> {
  const [from, to] = [Date.now() - dayMs, Date.now() + 3 * dayMs];
  const rows = people.map((person) => `quarantine,${from},${to},${person}`);
  await well(system, 'POST /imports/evidence', {
    token: await officer(system, 'registrar'),
    csv: ['kind,at,until,person', ...rows].join('\n'),
  });
}
