import { z } from 'zod';
import { Api } from '../cli/api.js';
import type { Kept } from './kept.js';

const session = z.object({ token: z.string() });

/** The API as one of the city's staff, whose unit is the city: what they enter belongs to it. Logs in anew each time. */
export async function asStaff(api: Api, { logins }: Kept, role: string): Promise<Api> {
  const login = logins.find(({ roles }) => roles.includes(role));
  if (!login) throw new Error(`the city has no ${role}`);
  const { username, password } = login;
  const { token } = await api.ask('POST', '/auth/login', session, { body: { username, password } });
  return new Api({ ...api.at, token });
}
