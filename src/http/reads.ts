import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import type { Redis } from 'ioredis';
import { mergeMap, type Observable } from 'rxjs';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import type { Authenticated, Caller } from '../auth/roles.js';
import { packRead, readsStream } from '../reads.js';
import { bodyField } from '../streams.js';
import { readPurpose, type Why } from './purpose.js';

/** People that one entry names: an answer about more of them makes several (assumption). */
const peoplePerEntry = 1_000;

/** Puts reads of personal data on record. */
@Injectable()
export class Reads {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Resolves once the read is durable; only then may the answer leave. For streamed answers, call it part by part. */
  async record({ id, roles }: Caller, why: Why, { route, people }: { route: string; people: string[] }): Promise<void> {
    for (let from = 0; from < people.length; from += peoplePerEntry) {
      const part = people.slice(from, from + peoplePerEntry);
      const entry = packRead({ who: id, roles, ...why, route, people: part, at: this.now() });
      await this.redis.xadd(readsStream, '*', bodyField, entry);
    }
  }
}

const PEOPLE_OF = 'people-of';

/** Asks for the purpose before a route runs, and records the people of its answer before that leaves. */
@Injectable()
export class ReadsInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly reads: Reads,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Authenticated>();
    const why = readPurpose(request.get('purpose'));
    const peopleOf = this.reflector.get<(answer: unknown) => string[]>(PEOPLE_OF, context.getHandler());
    const route = routeOf(request);
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.reads.record(request.caller, why, { route, people: peopleOf(answer) });
        return answer;
      }),
    );
  }
}

/** The method and the pattern of a request's route, such as `GET /api/v1/people/:id`. */
export const routeOf = ({ method, route }: Authenticated): string => `${method} ${(route as { path: string }).path}`;

/**
 * A route whose answer holds somebody else's personal data: it wants a `Purpose` header (422 without one), and the
 * people of the answer, as `peopleOf` finds them, are on record before they are shown.
 */
export const ReadsPerson = <Answer>(peopleOf: (answer: Answer) => string[]) =>
  applyDecorators(
    SetMetadata(PEOPLE_OF, peopleOf),
    UseInterceptors(ReadsInterceptor),
    ApiHeader({ name: 'Purpose', required: true, description: 'Why the data is read: `tracing; case=ID`' }),
  );
