import type { z } from 'zod';
import type { Address } from './address.js';
import { Refused } from './errors.js';

/** Longest wait for an answer that is not a stream (assumption: the API answers or refuses within seconds). */
const patienceMs = 60_000;

interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  errors?: { path: string; expected: string; got: string }[];
}

/** An answer of the API that is not the one asked for; `status` and `name` let a command react to the ones it expects. */
export class ApiRefusal extends Refused {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(explain(status, problem));
  }
}

function explain(status: number, { title, detail, errors = [] }: Problem): string {
  const head = [title, detail].filter(Boolean).join(': ') || `the API answered ${status}`;
  return [head, ...errors.map(({ path, expected, got }) => `  ${path}: expected ${expected}, got ${got}`)].join('\n');
}

/** What a request may carry beside its path. */
export interface Sent {
  body?: unknown;
  /** A small file, in place of a body. */
  csv?: string;
  /** Why somebody's personal data is read (API.md). */
  purpose?: string;
  /** The form of answer that is wanted. */
  accept?: string;
}

/** The API of the running system: JSON in and out, a problem becomes a {@link Refused} with its sentence. */
export class Api {
  constructor(readonly at: Address) {}

  /** Sends a request and checks that the answer has the shape that was agreed on. */
  async ask<T extends z.ZodType>(method: string, path: string, answer: T, sent: Sent = {}): Promise<z.output<T>> {
    const response = await this.fetch(method, path, { ...sent, signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    const { success, data } = answer.safeParse(text === '' ? undefined : JSON.parse(text));
    if (!success) throw new Refused(`${method} ${path}: the API gave an answer of another version than this command`);
    return data;
  }

  /** The answer as it flows, for long ones. */
  async open(path: string, purpose: string): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.fetch('GET', path, { purpose });
    if (!body) throw new Refused(`GET ${path}: the API gave an empty answer`);
    return body;
  }

  /** The answer to a body as it flows; `accept` where the caller has a choice of forms. */
  async openPost(path: string, body: unknown, accept?: string): Promise<ReadableStream<Uint8Array>> {
    const answer = await this.fetch('POST', path, { body, ...(accept && { accept }) });
    if (!answer.body) throw new Refused(`POST ${path}: the API gave an empty answer`);
    return answer.body;
  }

  private async fetch(
    method: string,
    path: string,
    { body, csv, purpose, accept, signal = null }: Sent & { signal?: AbortSignal | null },
  ): Promise<Response> {
    const type = csv === undefined ? 'application/json' : 'text/csv; charset=utf-8';
    const headers = headersOf(this.at, {
      ...(purpose && { purpose }),
      ...(accept && { accept }),
      'content-type': type,
    });
    const sent = csv ?? (body === undefined ? null : JSON.stringify(body));
    let response: Response;
    try {
      response = await fetch(apiUrl(this.at, path), { method, headers, body: sent, signal });
    } catch (error) {
      throw unreachable(this.at, error as Error);
    }
    if (!response.ok) throw new ApiRefusal(response.status, readProblem(await response.text()));
    return response;
  }
}

/** The whole address of a path of the API. */
export const apiUrl = ({ url }: Address, path: string): URL => new URL(`${url}/api/v1${path}`);

export const headersOf = ({ token }: Address, more: Record<string, string>): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  ...more,
});

/** A problem (RFC 9457) as the API writes it; whatever else stands between us and the API may write no JSON at all. */
export function readProblem(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

/** Says that nobody answers at the address, and what to do. */
export function unreachable({ url }: Address, error: Error): Refused {
  const reason = (error.cause as NodeJS.ErrnoException | undefined)?.code ?? (error as NodeJS.ErrnoException).code;
  return new Refused(
    `no answer from ${url} (${reason ?? error.message}): is it running? "vetxanh doctor" looks closer`,
  );
}
