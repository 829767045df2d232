import { connect, createServer } from 'node:net';

/** A free port of this machine's loopback. */
export const freePort = () => tryPort(0);

/** Whether a port of an address can be listened on. */
export const isFree = async (port, host) => (await tryPort(port, host)) !== undefined;

/** Whether somebody listens on a port of the loopback. */
export function isListening(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

function tryPort(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host }, () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}
