import type { Request, Response } from 'express';
import { drained } from '../http/drained.js';
import type { Counts, Reject } from './tally.js';

/** Rejects that a plain answer holds; `Accept: application/x-ndjson` gives them all (assumption). */
const mostRejects = 1_000;

/** How often a caller who listens hears how far the import is (assumption). */
const everyMs = 250;

/** The content type of an answer of lines, each a JSON object. */
const lines = 'application/x-ndjson';

/** The caller hung up: there is nobody to answer any more. */
export class HungUp extends Error {}

/** Tells the caller how an import goes: at its end, or all along if they asked for lines. */
export interface Answer {
  header(columns: string[]): void;
  /** A part was dealt with; `left` stays are still on their way into the graph. */
  part(counts: Counts, rejects: Reject[], left?: number): Promise<void>;
  report(counts: Counts): Promise<void>;
  /** Says what stopped the import; false when it has to be said by the status of the answer instead. */
  problem(problem: object): boolean;
}

/** The form of answer that the caller accepts. */
export const answerTo = (request: Request, response: Response): Answer =>
  request.accepts(['application/json', lines]) === lines ? new LineAnswer(response) : new PlainAnswer(response);

/** One JSON object at the end, with the first rejects in it. */
class PlainAnswer implements Answer {
  private readonly rejects: Omit<Reject, 'cells'>[] = [];

  constructor(private readonly response: Response) {}

  header(): void {}

  async part(_: Counts, rejects: Reject[]): Promise<void> {
    if (this.response.closed) throw new HungUp();
    const room = Math.max(0, mostRejects - this.rejects.length);
    this.rejects.push(...rejects.slice(0, room).map(({ cells: _cells, ...reject }) => reject));
  }

  async report(counts: Counts): Promise<void> {
    this.response.json({ ...counts, rejects: this.rejects });
  }

  problem(): boolean {
    return false;
  }
}

/** A line per reject and now and then one of progress, the report as the last one. */
class LineAnswer implements Answer {
  private toldMs = 0;

  constructor(private readonly response: Response) {}

  header(columns: string[]): void {
    this.response.status(200).type(lines);
    this.response.write(toLine({ columns }));
  }

  async part(counts: Counts, rejects: Reject[], left = 0): Promise<void> {
    for (const reject of rejects) await this.write({ reject });
    if (performance.now() - this.toldMs < everyMs) return this.write();
    this.toldMs = performance.now();
    await this.write({ progress: { ...counts, left } });
  }

  async report(counts: Counts): Promise<void> {
    this.response.end(toLine({ report: counts }));
  }

  problem(problem: object): boolean {
    if (this.response.headersSent) this.response.end(toLine({ problem }));
    return this.response.headersSent;
  }

  /** A caller who reads slowly is waited for; one who is gone ends the import. */
  private async write(line?: object): Promise<void> {
    const { response } = this;
    if (response.closed) throw new HungUp();
    if (line && !response.write(toLine(line))) await drained(response);
  }
}

const toLine = (value: object): string => `${JSON.stringify(value)}\n`;
