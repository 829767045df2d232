import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { Refused } from '../auth/handshake.js';

/** The largest frame a client may send: 500 scans with the longest codes fit, more is refused (API.md). */
const maxFrameBytes = 5 * 1024 * 1024;

/** socket.io as this system runs it: websockets only, uncompressed (small messages; DESIGN section 5). */
export class SocketsAdapter extends IoAdapter {
  constructor(app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: maxFrameBytes,
      serveClient: false,
    } as ServerOptions) as Server;
    // The namespace that every server has is nobody's door.
    server.of('/').use((_, next) => next(new Refused('unauthorized', 'Connect to /gate, /citizen or /officer.')));
    return server;
  }
}
