import { HttpException } from '@nestjs/common';
import type { Fault } from '../events.js';

/** What a client is told when its request is refused: RFC 9457, with the state's name and where the input is wrong. */
export class Problem extends HttpException {
  constructor(
    status: number,
    /** A word that programs may compare, such as `venue-in-use`. */
    readonly type: string,
    readonly detail: string,
    readonly more: { errors?: Fault[]; retryAfterSeconds?: number; [extra: string]: unknown } = {},
  ) {
    super(detail, status);
  }
}

/** Statuses by the name people know them by. */
export const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not logged in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported content type',
  422: 'Bad input',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Service away',
};
