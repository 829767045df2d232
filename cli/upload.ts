import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Address } from './address.js';
import { apiUrl, ApiRefusal, headersOf, readProblem, unreachable } from './api.js';

/** What files are unless they say otherwise; JSON goes as lines, of which an array is one form. */
const csv = 'text/csv';
export const json = 'application/x-ndjson';

/**
 * Sends a file and hands over the lines of the answer while it is still being sent: what `fetch` cannot promise. The
 * file is read as fast as the API takes it.
 */
export async function* upload(at: Address, path: string, file: Readable, type = csv): AsyncGenerator<string> {
  const url = apiUrl(at, path);
  const headers = headersOf(at, { 'content-type': type, accept: 'application/x-ndjson' });
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method: 'POST', headers });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  const sent = pipeline(file, request);
  // An API that refuses early hangs up while we send: its answer says why, the broken pipe does not.
  sent.catch(() => undefined);
  try {
    const response = await answer;
    if (response.statusCode !== 200)
      throw new ApiRefusal(response.statusCode ?? 0, readProblem(await textOf(response)));
    yield* createInterface({ input: response, crlfDelay: Infinity });
    await sent;
  } catch (error) {
    throw error instanceof ApiRefusal ? error : unreachable(at, error as Error);
  } finally {
    request.destroy();
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
