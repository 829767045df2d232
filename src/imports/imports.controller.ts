import { Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { LOG, type Logger } from '../../config/log.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { isSource, sourceNames, sourceOf, type SourceName } from '../domain/identity/sources.js';
import { awayService } from '../http/away.js';
import { Documented } from '../http/openapi.js';
import { Problem, titles } from '../http/problem.js';
import { ZodQuery } from '../http/zod.js';
import { answerTo, HungUp } from './answer.js';
import { Backlog, type Behind } from '../backlog.js';
import { UnknownEncoding } from './encoding.js';
import { fileKinds, Imports, type FileKind } from './imports.service.js';
import { WorkerAway } from './in-flight.js';
import { WrongHeader } from './table.js';

const query = z.strictObject({
  source: z.string().max(64).optional(),
  shiftMs: z.coerce.number().int().min(-8.64e15).max(8.64e15).default(0),
});

const backlogQuery = z.strictObject({
  /** How long the caller waits for the worker, in milliseconds. */
  withinMs: z.coerce.number().int().min(0).max(30_000).default(0),
});

/** After how long a client may try again when something is away (assumption). */
const retryAfterSeconds = 5;

/** Files of SPEC section 12 into the running system (API.md). */
@Controller('imports')
@Roles('admin', 'head')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly backlog: Backlog,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Streams a CSV file; answers with the row report, or with lines as it goes if the caller accepts those. */
  @Post(':kind')
  @HttpCode(200)
  @Documented({
    summary: 'Take a CSV file into the system: stays, encounters, people, cases, evidence, units or venues',
    query,
    consumes: 'text/csv',
  })
  async take(
    @Who() { id: by, unit }: Caller,
    @Param('kind') name: string,
    @ZodQuery(query) { source, shiftMs }: z.output<typeof query>,
    @Res() response: Response,
  ): Promise<void> {
    const request = response.req;
    const kind = kindOf(name);
    const earlier = kind === 'people' && isSource(source) ? source : undefined;
    const isJson = isJsonFile(request, earlier);
    const answer = answerTo(request, response);
    try {
      const options = { shiftMs, unit, by, source, earlier };
      const counts = await this.imports.run({ kind, body: request, isJson, options }, answer);
      await answer.report(counts);
      this.log.info({ fact: 'file-imported', kind, source, ...counts });
    } catch (error) {
      request.resume();
      // A request that was read to its end is `destroyed` as well: only the response tells whether somebody listens.
      if (error instanceof HungUp || response.closed) return this.log.info({ fact: 'import-cut-off', kind, source });
      const problem = this.toProblem(error);
      if (!answer.problem({ title: titles[problem.getStatus()], detail: problem.detail, ...problem.more }))
        throw problem;
    }
  }

  /** Whether all that was imported and scanned until now has become stays, after waiting for it a little. */
  @Get('backlog')
  @Roles('admin', 'head', 'auditor')
  @Documented({ summary: 'How far the presence worker is behind what was imported and scanned', query: backlogQuery })
  async behind(@ZodQuery(backlogQuery) { withinMs }: z.output<typeof backlogQuery>): Promise<Behind> {
    return this.backlog.measure(withinMs);
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof WrongHeader) {
      const errors = [{ path: 'row 1', expected: error.expected, got: error.got }];
      const app = appOf(error.got);
      const hint = app ? ` These are the columns of ${sourceOf(app).title}: import people with the source ${app}.` : '';
      return new Problem(422, 'wrong-header', `The first line does not head this kind of file.${hint}`, { errors });
    }
    if (error instanceof UnknownEncoding) {
      const errors = [{ path: 'file', expected: 'UTF-8, UTF-16 or Windows-1258', got: error.got }];
      return new Problem(422, 'unknown-encoding', `The file is in an encoding that is not known: ${error.message}.`, {
        errors,
      });
    }
    if (error instanceof WorkerAway) {
      const detail = `${error.message}. Every row so far is safe, and a second run of the file changes nothing.`;
      return new Problem(503, 'worker-away', detail, { retryAfterSeconds });
    }
    const service = awayService(error);
    const detail = `${service} is away. Run the file again when it is back: rows that are in stay as they are.`;
    if (service) return new Problem(503, 'service-away', detail, { service, retryAfterSeconds });
    this.log.error({ fact: 'import-failed', reason: (error as Error).message, stack: (error as Error).stack });
    return new Problem(500, 'internal', 'Something went wrong here; the log knows more.');
  }
}

const apps = sourceNames.join(', ');

/** Whose columns a header has that was read as another's: a file of an earlier app without its source. */
const appOf = (header: string): SourceName | undefined =>
  sourceNames.find((name) => header.split(',').includes(Object.keys(sourceOf(name).columns)[0]!));

/** Whether a file is JSON; only people of earlier apps come so. Throws a 415 when it is neither that nor CSV. */
function isJsonFile(request: Request, earlier: string | undefined): boolean {
  if (request.is('text/csv')) return false;
  if (earlier && request.is('application/x-ndjson')) return true;
  const more = earlier
    ? ', or JSON as application/x-ndjson.'
    : ` in UTF-8. JSON is read of people of ${apps} alone: name the source.`;
  throw new Problem(415, 'not-csv', `Send the file as it is, as text/csv${more}`);
}

function kindOf(name: string): FileKind {
  const kind = fileKinds.find((one) => one === name);
  if (kind) return kind;
  throw new Problem(404, 'no-such-file', `Files of these kinds can be imported: ${fileKinds.join(', ')}.`);
}
