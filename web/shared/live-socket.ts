import { io, type Socket } from 'socket.io-client';
import type { Refusal } from '../../src/events.js';

/** How soon a refused connection is tried again (assumption). */
const againAfterMs = 2_000;

/** What a page hears of its connection. */
export interface Hearing {
  connected: () => void;
  lost: () => void;
  /** The token has ended: trying again is useless. */
  removed: () => void;
}

/** Opens a connection that is kept up for ever; resolves to its socket and to how it is closed. */
export function openSocket<S extends Socket>(namespace: string, token: string, hearing: Hearing) {
  const socket = io(namespace, {
    transports: ['websocket'],
    auth: { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 5_000,
  }) as S;
  const wake = () => void socket.connect();
  let again: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(again);
    again = setTimeout(wake, againAfterMs);
  };
  const plain = socket as Socket;
  plain.on('connect', hearing.connected);
  plain.on('disconnect', (reason) => {
    hearing.lost();
    if (reason === 'io server disconnect') later();
  });
  plain.on('connect_error', (error: Error & { data?: { code?: Refusal } }) => {
    const code = error.data?.code;
    if (code === 'unauthorized' || code === 'forbidden') return hearing.removed();
    hearing.lost();
    if (!plain.active) later();
  });
  addEventListener('online', wake);
  const close = () => {
    clearTimeout(again);
    removeEventListener('online', wake);
    socket.disconnect();
  };
  return { socket, close };
}
