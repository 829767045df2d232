import type { Fault } from '../../src/events.js';

/** Why a request was not granted; `status` 0 when nobody answered. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** The word of the API, such as `wrong-code`. */
    readonly type: string,
    readonly faults: Fault[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(type);
  }
}

/** How long an answer may take before the page says that nobody answers (assumption). */
const usualMs = 15_000;

interface Sent {
  token?: string | undefined;
  body?: unknown;
  /** The same for a repetition, so that nothing is made twice. */
  key?: string;
  /** Why somebody's personal data is read (API.md): `tracing; case=ID`. */
  purpose?: string | undefined;
  /** For answers that take their time. */
  patienceMs?: number;
}

/** One request to the API: `ask('GET /venues', {token})`. Throws a {@link Refusal}. */
export async function ask<T>(
  request: string,
  { token, body, key, purpose, patienceMs = usualMs }: Sent = {},
): Promise<T> {
  const [method, path] = request.split(' ') as [string, string];
  const headers: Record<string, string> = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(purpose !== undefined && { purpose }),
  };
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers,
    signal: timeout(patienceMs),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (!response) throw new Refusal(0, 'no-answer');
  const text = await response.text().catch(() => '');
  const answer: unknown = text ? read(text) : undefined;
  if (response.ok) return answer as T;
  const problem = (answer ?? {}) as { type?: string; errors?: Fault[] };
  const after = Number(response.headers.get('retry-after') ?? NaN);
  throw new Refusal(
    response.status,
    problem.type ?? 'internal',
    problem.errors,
    Number.isNaN(after) ? undefined : after,
  );
}

/** Everything of a list that is told page by page; `read` hears what to add to its query. */
export async function allPages<T>(read: (after: string) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  for (let after = ''; ;) {
    const { items, next } = await read(after);
    all.push(...items);
    if (next === null) return all;
    after = `&after=${encodeURIComponent(next)}`;
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `AbortSignal.timeout` for browsers that do not have it. */
function timeout(ms: number): AbortSignal {
  const control = new AbortController();
  setTimeout(() => control.abort(), ms);
  return control.signal;
}

/** A random id of 24 hex digits; `crypto.randomUUID` is missing where a page came over plain HTTP. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
