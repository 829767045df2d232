import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

/** The other side of the bench of pushes: each socket hears what its room is sent over socket.io's own Redis adapter. */
const http = createServer();
const adapter = createAdapter(new Redis(process.env['REDIS_URL'] ?? ''));
const io = new Server(http, { adapter, transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.of('/citizen').on('connection', async (socket) => {
  await socket.join(`person:${String(socket.handshake.auth['token'])}`);
  socket.emit('joined');
});
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })}\n`);
});
