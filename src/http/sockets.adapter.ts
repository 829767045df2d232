import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** The largest frame a client may send: 500 scans with the longest codes fit, more is refused (API.md). */
const maxFrameBytes = 5 * 1024 * 1024;

/** socket.io as this system runs it: websockets only, uncompressed (small messages; DESIGN section 5). */
export class SocketsAdapter extends IoAdapter {
  constructor(app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: maxFrameBytes,
      serveClient: false,
    } as ServerOptions) as Server;
  }
}
