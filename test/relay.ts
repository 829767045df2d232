import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A wire to a real server that can be cut and mended: to whoever uses it the server is gone meanwhile. */
export class Relay {
  private readonly ends = new Set<Socket>();
  private isCut = false;
  private readonly server = createServer((near) => {
    if (this.isCut) return void near.destroy();
    const far = connect(this.to);
    near.pipe(far).pipe(near);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
  });

  private constructor(private readonly to: { host: string; port: number }) {}

  /** Opens a wire to the server of an address, and resolves to it and to the address that goes through it. */
  static async open(address: string): Promise<{ relay: Relay; url: string }> {
    const url = new URL(address);
    const relay = new Relay({ host: url.hostname, port: Number(url.port) });
    await new Promise<void>((resolve) => relay.server.listen(0, '127.0.0.1', resolve));
    const { port } = relay.server.address() as AddressInfo;
    return { relay, url: address.replace(url.host, `127.0.0.1:${port}`) };
  }

  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }
}
