import { Inject, Injectable } from '@nestjs/common';
import { importJWK, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import { CLOCK, type Clock } from '../../config/clock.js';
import { SECRETS, type Secrets } from '../../config/secrets.js';
import { caller, type Caller } from './caller.js';

const issuer = 'vetxanh';
const algorithm = 'EdDSA';

/** Access tokens: JWT signed with Ed25519, carrying who the caller is and nothing personal. */
@Injectable()
export class Tokens {
  private readonly signing: Promise<CryptoKey>;
  private readonly checking: Promise<CryptoKey>;

  constructor(
    @Inject(SECRETS) secrets: Secrets,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.signing = importJWK(secrets.token.private, algorithm) as Promise<CryptoKey>;
    this.checking = importJWK(secrets.token.public, algorithm) as Promise<CryptoKey>;
  }

  /** A token that lives for `seconds`. */
  async sign({ id, ...claims }: Caller, seconds: number): Promise<string> {
    const issuedAt = Math.floor(this.now() / 1_000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(issuer)
      .setSubject(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + seconds)
      .sign(await this.signing);
  }

  /** Who a token stands for; undefined when it is not ours, damaged, or no longer valid. */
  async verify(token: string): Promise<(Caller & { issuedAtMs: number }) | undefined> {
    try {
      const options = { issuer, algorithms: [algorithm], currentDate: new Date(this.now()) };
      const { payload } = await jwtVerify(token, await this.checking, options);
      const { sub, iat, ...claims } = payload;
      return { ...caller.parse({ ...claims, id: sub }), issuedAtMs: (iat ?? 0) * 1_000 };
    } catch {
      return undefined;
    }
  }
}
