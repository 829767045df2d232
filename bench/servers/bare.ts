import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** The other side of the first bench: socket.io that acknowledges every scan and does nothing. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.of('/gate').on('connection', (socket) => {
  socket.on('scan', (_body: unknown, ack: (reply: unknown) => void) => ack({ ok: true }));
});
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })}\n`);
});
