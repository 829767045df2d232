import { io, type Socket } from 'socket.io-client';
import type { GateToServer, ServerToGate } from '../src/events.js';

/** A gate's socket as any client library would open it. */
export type GateSocket = Socket<ServerToGate, GateToServer>;

/** Opens a socket on a namespace and waits until it is connected; throws the code with which it was refused. */
export async function connect<S extends Socket = Socket>(url: string, namespace: string, token: string): Promise<S> {
  const socket = io(`${url}${namespace}`, {
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (socket.active) return;
      reject(new Error(error.data?.code ?? error.message));
    });
  });
  return socket as S;
}

/** A gate's socket. */
export const connectGate = (url: string, token: string): Promise<GateSocket> =>
  connect<GateSocket>(url, '/gate', token);
