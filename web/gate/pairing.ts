import { fromBase64url } from '../../src/domain/codes/base64url.js';
import { ask } from '../shared/api.js';

const storedAs = 'vetxanh.gate';

/** This device as a gate: its token, and the id of the gate in it. */
export interface Paired {
  token: string;
  gate: string;
}

/** A pairing link's ticket, or a token itself, as `vetxanh gate add` prints it. */
export type Invitation = { ticket: string } | { token: string };

/** Reads an invitation out of a link, or of a text that somebody pasted or scanned; undefined when it is none. */
export function readInvitation(text: string): Invitation | undefined {
  const part = text.trim().split('#').at(-1) ?? '';
  if (/^t=[A-Za-z0-9_-]{24}$/.test(part)) return { ticket: part.slice(2) };
  return gateOf(part) === undefined ? undefined : { token: part };
}

/** Pairs this device and remembers it. Throws a Refusal when the link is not good any more. */
export async function accept(invitation: Invitation): Promise<Paired> {
  const token = 'token' in invitation ? invitation.token : await redeem(invitation.ticket);
  localStorage.setItem(storedAs, token);
  return { token, gate: gateOf(token)! };
}

async function redeem(ticket: string): Promise<string> {
  return (await ask<{ token: string }>('POST /pairings', { body: { ticket } })).token;
}

/** What this device was paired as before. */
export function pairedBefore(): Paired | undefined {
  const token = localStorage.getItem(storedAs);
  const gate = token === null ? undefined : gateOf(token);
  return token !== null && gate !== undefined ? { token, gate } : undefined;
}

export const unpair = (): void => localStorage.removeItem(storedAs);

/** The gate a token is of; its signature is the server's to check. */
function gateOf(token: string): string | undefined {
  const [, claims, , ...more] = token.split('.');
  const bytes = claims && !more.length ? fromBase64url(claims) : undefined;
  if (!bytes) return undefined;
  try {
    const { sub, kind } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown; kind?: unknown };
    return kind === 'gate' && typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
