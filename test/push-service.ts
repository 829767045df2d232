import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';
import type { Subscription } from '../src/web-push.js';

/** A message as a push service hands it on to its browser. */
export interface Pushed {
  endpoint: string;
  text: string;
  headers: Record<string, string | string[] | undefined>;
  /** What the sender says of itself, checked against its key. */
  vapid: { key: string; sub?: string; aud?: string | string[] };
}

/**
 * A push service on a port of its own: takes messages as the browsers' services do (RFC 8030, VAPID RFC 8292), and
 * opens them as the browser would (RFC 8291). Whatever does not follow the protocol is refused with 400.
 */
export class PushService {
  readonly messages: Pushed[] = [];
  /** What the next messages are answered: 201 unless told otherwise. */
  answer = 201;
  /** Messages that were asked for, the refused ones too. */
  tries = 0;
  private readonly devices = new Map<string, { curve: ReturnType<typeof createECDH>; auth: Buffer }>();
  private readonly server = createServer((request, response) => {
    this.take(request).then(
      (status) => response.writeHead(status).end(),
      (error: Error) => response.writeHead(400).end(error.message),
    );
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a browser tells of a new device. */
  subscribe(): Subscription {
    const curve = createECDH('prime256v1');
    const p256dh = curve.generateKeys().toString('base64url');
    const auth = randomBytes(16);
    const endpoint = `${this.origin}/send/${randomBytes(12).toString('base64url')}`;
    this.devices.set(endpoint, { curve, auth });
    return { endpoint, keys: { p256dh, auth: auth.toString('base64url') } };
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async take(request: IncomingMessage): Promise<number> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    this.tries++;
    const endpoint = `${this.origin}${request.url}`;
    const device = this.devices.get(endpoint);
    if (!device || request.method !== 'POST') return 404;
    if (!request.headers['ttl'] || request.headers['content-encoding'] !== 'aes128gcm') return 400;
    const vapid = await this.sender(request.headers.authorization ?? '');
    const text = openMessage(Buffer.concat(parts), device);
    if (this.answer === 201) this.messages.push({ endpoint, text, headers: request.headers, vapid });
    return this.answer;
  }

  private async sender(header: string): Promise<Pushed['vapid']> {
    const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? [];
    const point = Buffer.from(key ?? '', 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: x!, y: y! }, 'ES256');
    const { payload } = await jwtVerify(token ?? '', jwk, { audience: this.origin });
    return { key: key!, ...(payload.sub && { sub: payload.sub }), ...(payload.aud && { aud: payload.aud }) };
  }
}

/** RFC 8188 with the keys of RFC 8291: salt (16), record size (4), length of the sender's key (1), that key, one record. */
function openMessage(body: Buffer, { curve, auth }: { curve: ReturnType<typeof createECDH>; auth: Buffer }): string {
  const [salt, length] = [body.subarray(0, 16), body[20]!];
  const [sender, record] = [body.subarray(21, 21 + length), body.subarray(21 + length)];
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', curve.computeSecret(sender), auth, info, 32));
  const [key, nonce] = [
    Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16)),
    Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12)),
  ];
  const opening = createDecipheriv('aes-128-gcm', key, nonce);
  opening.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([opening.update(record.subarray(0, -16)), opening.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
}
