import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOG, type Logger } from '../../config/log.js';
import { awayService } from './away.js';
import { Problem, titles } from './problem.js';

/** Seconds after which a client may try again when a service is away (assumption). */
const retrySeconds = 2;

/** Turns everything that a route throws into `application/problem+json`; nothing internal leaves the process. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const problem = this.toProblem(error, http.getRequest<Request>());
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const status = problem.getStatus();
    const { retryAfterSeconds, ...more } = problem.more;
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
    response.status(status).type('application/problem+json');
    response.send(
      JSON.stringify({ type: problem.type, title: titles[status] ?? 'Error', status, detail: problem.detail, ...more }),
    );
  }

  private toProblem(error: unknown, { method, route, path }: Request): Problem {
    if (error instanceof Problem) return error;
    const service = awayService(error);
    if (service) {
      return new Problem(503, 'service-away', `${service} is away: try again in a moment.`, {
        service,
        retryAfterSeconds: retrySeconds,
      });
    }
    const status = statusOf(error);
    if (status === 404) return new Problem(404, 'not-found', `There is nothing at ${method} ${path}.`);
    if (status < 500) return new Problem(status, nameOf(status), (error as Error).message);
    const id = randomUUID();
    const where = (route as { path?: string } | undefined)?.path;
    this.log.error({
      fact: 'request-failed',
      id,
      method,
      route: where,
      reason: (error as Error).message,
      stack: (error as Error).stack,
    });
    return new Problem(500, 'internal', `Something went wrong here. The log knows more under ${id}.`, { id });
  }
}

/** Body parsers throw plain errors that carry a status of their own. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

const nameOf = (status: number): string => (titles[status] ?? 'bad-request').toLowerCase().replaceAll(' ', '-');
