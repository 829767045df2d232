import { newId } from '../../config/ids.js';

const minute = 60_000;

/** How the API is asked: by an operator; the body of a good answer. */
export type Asking = (request: string, sent: { body?: unknown; csv?: string }) => Promise<unknown>;

/** Halls of a crowd; a case and its contacts share each of them for a while. */
export const halls = 20;

/** A case who was in twenty halls with so many others, each of whom is a contact; resolves to its id. */
export async function aCrowd(ask: Asking, contacts: number): Promise<string> {
  const mark = newId().slice(0, 8);
  const from = Math.floor(Date.now() / minute) * minute - 600 * minute;
  const at = (minutes: number) => new Date(from + minutes * minute).toISOString();
  const rows = Array.from({ length: contacts }, (_, one) => {
    const hall = one % halls;
    return `${mark}-${one},${mark}-hall-${hall},,${at(hall * 25)},${at(hall * 25 + 16 + (one % 9))}`;
  });
  const sick = Array.from({ length: halls }, (_, hall) => {
    return `${mark}-f0,${mark}-hall-${hall},,${at(hall * 25)},${at(hall * 25 + 25)}`;
  });
  await ask('POST /imports/stays', { csv: `person,venue,zone,in,out\n${[...rows, ...sick].join('\n')}\n` });
  const made = await ask('POST /cases', { body: { person: `${mark}-f0`, sampledAt: at(590) } });
  return (made as { id: string }).id;
}
