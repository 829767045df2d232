import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, from, mergeMap, of, type Observable } from 'rxjs';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import type { Authenticated } from '../auth/roles.js';
import { Problem } from './problem.js';

/** A claim without a response is taken to be left by a crash after so long (assumption). */
const staleMs = 60_000;

/** How soon a client may ask again for a request that still runs (assumption). */
const retryAfterSeconds = 1;

const form = /^[\x21-\x7e]{1,200}$/;

interface Claim {
  key: string;
  claim: string;
}

/**
 * `Idempotency-Key` on a POST (API.md): the first request with a key runs, and its response is kept, sealed, for a day;
 * the same request again is answered the same again, without running. A key belongs to its caller and path; with
 * another body it is refused. A request that failed made nothing, so its key is free again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Partial<Authenticated> & Authenticated>();
    const given = request.get('idempotency-key');
    if (given === undefined || request.method !== 'POST' || !request.caller || !request.is('json'))
      return next.handle();
    if (!form.test(given)) throw wrongKey();
    const key = this.vault.hash(`idempotency\0${request.caller.id}\0${request.path}\0${given}`, 32);
    const asked = { key, claim: newId(), request: this.vault.hash(JSON.stringify(request.body ?? null), 32) };
    return from(this.claim(asked)).pipe(
      mergeMap((row) => (row.mine ? this.run(asked, next, http.getResponse()) : of(this.again(row, asked, http)))),
    );
  }

  private async claim(asked: Claim & { request: string }): Promise<RowOf<'accounts/claim_request'>> {
    const [row] = await this.graph.write('accounts/claim_request', { ...asked, atMs: this.now(), staleMs });
    return row!;
  }

  /** Runs the request and keeps its response; the client gets it also when keeping fails, for the deed is done. */
  private run({ key, claim }: Claim, next: CallHandler, response: Response): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        const sealed = this.vault.sealSnapshot(JSON.stringify(body ?? null));
        const kept = { key, claim, status: response.statusCode, sealed };
        await this.graph.write('accounts/keep_response', kept).catch(this.note('response-not-kept'));
        return body;
      }),
      catchError(async (error: unknown) => {
        await this.graph.write('accounts/release_request', { key, claim }).catch(this.note('claim-not-released'));
        throw error;
      }),
    );
  }

  /** What a request hears whose key is known already. */
  private again(
    { request, status, sealed }: RowOf<'accounts/claim_request'>,
    asked: { request: string },
    http: { getResponse(): Response },
  ): unknown {
    if (request !== asked.request) {
      throw new Problem(409, 'idempotency-key-reused', 'This key was used for another request.');
    }
    if (status === null || sealed === null) {
      throw new Problem(409, 'request-in-progress', 'The first request with this key still runs.', {
        retryAfterSeconds,
      });
    }
    http.getResponse().status(status).setHeader('Idempotency-Replayed', 'true');
    return (JSON.parse(this.vault.openSnapshot(sealed)) as unknown) ?? undefined;
  }

  private note(fact: string): (error: Error) => void {
    return ({ message }) => this.log.warn({ fact, reason: message });
  }
}

function wrongKey(): Problem {
  const errors = [{ path: 'Idempotency-Key', expected: '1 to 200 visible ASCII characters', got: 'another text' }];
  return new Problem(422, 'bad-input', 'The input does not fit.', { errors });
}
