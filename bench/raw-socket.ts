import { WebSocket } from 'ws';

/** One connection that speaks socket.io by hand: a client library would cost more than the servers it measures. */
export class RawSocket {
  private readonly waiting = new Map<number, (reply: string) => void>();
  private nextId = 0;

  /** Called with every event the server sends by itself, as the text of its list `["name",…]`. */
  onEvent: (list: string) => void = () => {};

  private constructor(
    private readonly ws: WebSocket,
    private readonly namespace: string,
  ) {
    ws.on('message', (data) => this.hear(String(data)));
  }

  /** Resolves when the server has let this socket into the namespace. */
  static connect(url: string, namespace: string, token: string): Promise<RawSocket> {
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    return new Promise((resolve, reject) => {
      ws.once('error', reject);
      ws.on('message', function shake(data) {
        const text = String(data);
        if (text.startsWith('0{')) ws.send(`40${namespace},${JSON.stringify({ token })}`);
        else if (text.startsWith(`44${namespace},`)) reject(new Error(`refused: ${text}`));
        else if (text.startsWith(`40${namespace},`)) {
          ws.off('message', shake);
          resolve(new RawSocket(ws, namespace));
        }
      });
    });
  }

  /** Sends an event whose body is JSON text; resolves with the text of the acknowledgement's list. */
  ask(event: string, body: string): Promise<string> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.ws.send(`42${this.namespace},${id}["${event}",${body}]`);
    });
  }

  close(): void {
    this.ws.terminate();
  }

  private hear(text: string): void {
    if (text === '2') return this.ws.send('3');
    const pushed = `42${this.namespace},`;
    if (text.startsWith(pushed)) return this.onEvent(text.slice(pushed.length));
    const start = `43${this.namespace},`;
    if (!text.startsWith(start)) return;
    const list = text.indexOf('[', start.length);
    const id = Number(text.slice(start.length, list));
    const answer = this.waiting.get(id);
    this.waiting.delete(id);
    answer?.(text.slice(list));
  }
}
