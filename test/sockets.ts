import { io, type Socket } from 'socket.io-client';
import type {
  CitizenToServer,
  GateToServer,
  OfficerToServer,
  ServerToCitizen,
  ServerToGate,
  ServerToOfficer,
} from '../src/events.js';

/** A gate's socket as any client library would open it. */
export type GateSocket = Socket<ServerToGate, GateToServer>;
/** A citizen's screen. */
export type CitizenSocket = Socket<ServerToCitizen, CitizenToServer>;
/** An officer's screen. */
export type OfficerSocket = Socket<ServerToOfficer, OfficerToServer>;

/** Opens a socket on a namespace and waits until it is connected; throws the code with which it was refused. */
export async function connect<S extends Socket = Socket>(url: string, namespace: string, token: string): Promise<S> {
  const socket = io(`${url}${namespace}`, {
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
  });
  const refused = await refusalOf(socket);
  if (refused === undefined) return socket as S;
  socket.disconnect();
  throw new Error(refused);
}

/** Resolves when the socket is connected, to nothing, or has been refused for good, to the code. */
function refusalOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (!socket.active) resolve(error.data?.code ?? error.message);
    });
  });
}

/** A gate's socket. */
export const connectGate = (url: string, token: string): Promise<GateSocket> =>
  connect<GateSocket>(url, '/gate', token);
