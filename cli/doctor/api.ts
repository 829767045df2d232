import { z } from 'zod';
import { findSystem } from '../address.js';
import { Api } from '../api.js';
import { Refused } from '../errors.js';
import type { Check } from './machine.js';

/** A worker further behind is stuck or overloaded; the goal is 2 s (DESIGN section 8), a burst may take longer. */
const mostBehindMs = 10_000;

const patienceMs = 5_000;

const behind = z.object({ settled: z.boolean(), behindMs: z.number() });

type Environment = Record<string, string | undefined>;

/** Whether the API answers and reaches its services. */
export async function checkApi(env: Environment): Promise<Check> {
  return orNotWell('api', async () => {
    const { url } = findSystem(env);
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(patienceMs) }).catch(
      () => undefined,
    );
    if (!response) throw new Refused(`no answer from ${url}`);
    const { detail } = (await response.json()) as { detail?: string };
    if (response.ok && detail === undefined) return { name: 'api', well: true, found: `${url} is ready` };
    return {
      name: 'api',
      well: false,
      found: `${url}: ${detail ?? response.status}`,
      wayOn: 'Look at that service first.',
    };
  });
}

/** Whether the presence worker keeps up with the scans. */
export async function checkWorker(env: Environment): Promise<Check> {
  return orNotWell('worker', async () => {
    const api = new Api(findSystem(env));
    const { settled, behindMs } = await api.ask('GET', '/imports/backlog?withinMs=2000', behind);
    if (settled || behindMs < mostBehindMs)
      return { name: 'worker', well: true, found: `${behindMs} ms behind the gates` };
    const found = `${Math.round(behindMs / 1_000)} s behind the gates`;
    return {
      name: 'worker',
      well: false,
      found,
      wayOn: 'If that grows, the worker process is not running: "npm start" starts it.',
    };
  });
}

async function orNotWell(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { name, well: false, found: error.message, wayOn: 'Start the system with "npm start".' };
  }
}
