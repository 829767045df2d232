import type { Namespace, Socket } from 'socket.io';
import type { Logger } from '../../config/log.js';
import type { Refusal } from '../events.js';
import type { Caller, Role } from './caller.js';
import type { Tokens } from './tokens.js';

/** Which roles each namespace asks for; a namespace that is not here lets nobody in. */
export const namespaceRoles: Record<string, Role[]> = {
  '/gate': ['gate', 'checkpoint'],
  '/citizen': ['citizen'],
  '/officer': ['tracer', 'head', 'admin'],
};

/** An error as socket.io hands it to the client: `connect_error.data.code`. */
export class Refused extends Error {
  readonly data: { code: Refusal };

  constructor(code: Refusal, message: string) {
    super(message);
    this.data = { code };
  }
}

/**
 * Lets only callers of the namespace's roles in; they are kept as `socket.data.caller`. `alive` may refuse a caller
 * whose token is good but who has been removed since. When that cannot be told now the connection is closed instead: a
 * client's library comes back by itself after a lost connection, and never after a refusal.
 */
export function guardNamespace(
  namespace: Namespace,
  by: { tokens: Tokens; log: Logger },
  alive: (caller: Caller) => Promise<boolean>,
): void {
  const wanted = namespaceRoles[namespace.name] ?? [];
  namespace.use((socket: Socket, next) => {
    admit(socket, { wanted, tokens: by.tokens, alive }).then(
      () => next(),
      (error: Error) => {
        if (error instanceof Refused) return next(error);
        by.log.warn({ fact: 'handshake-failed', namespace: namespace.name, reason: error.message });
        socket.conn.close();
      },
    );
  });
}

interface Door {
  wanted: Role[];
  tokens: Tokens;
  alive: (caller: Caller) => Promise<boolean>;
}

async function admit(socket: Socket, { wanted, tokens, alive }: Door): Promise<void> {
  const token: unknown = socket.handshake.auth['token'];
  const caller = typeof token === 'string' ? await tokens.verify(token) : undefined;
  if (!caller) throw new Refused('unauthorized', 'A valid token is needed.');
  if (!wanted.some((role) => caller.roles.includes(role))) throw new Refused('forbidden', 'This door is not yours.');
  if (!(await alive(caller))) throw new Refused('unauthorized', 'This token is no longer valid.');
  (socket.data as { caller: Caller }).caller = caller;
}
