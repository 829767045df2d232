import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { appealClocks, appealOutcomes, appealSubjects } from '../domain/appeal.js';
import { neutralTimezone } from '../domain/policy/contact.js';
import { Problem } from '../http/problem.js';

/** Appeals of one person that may be open at once: more are one matter told again (assumption). */
const mostOpen = 20;

/** Letters and digits that nobody takes for another on the phone; 30^8 numbers. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXZ';
const numberLength = 8;

const words = z.string().trim().min(1).max(1_000);

/** What a citizen says is wrong; `record` is the id of the evidence or the stay it is about. */
export const newAppeal = z.strictObject({
  about: z.enum(appealSubjects),
  record: z.string().min(1).max(256).optional(),
  text: words,
});
export type NewAppeal = z.output<typeof newAppeal>;

export const newAnswer = z.strictObject({ outcome: z.enum(appealOutcomes), text: words });
export type NewAnswer = z.output<typeof newAnswer>;

/** An appeal as its citizen sees it; instants ISO 8601, `replyBy` and `actBy` are the ends of local days. */
export type ShownAppeal = NewAppeal & {
  number: string;
  at: string;
  replyBy: string;
  actBy: string;
  answer: (NewAnswer & { at: string }) | null;
};

type Stored = RowOf<'appeals/by_number'>;

/** What citizens say is wrong, with a number and a deadline, and how it was answered (SPEC section 10). */
@Injectable()
export class Appeals {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async make(person: string, body: NewAppeal): Promise<ShownAppeal> {
    const [known] = await this.graph.read('people/by_id', { id: person });
    if (!known?.key) throw new Problem(404, 'person-unknown', 'There is no such person.');
    const open = (await this.list(person)).filter(({ answer }) => answer === null);
    if (open.length >= mostOpen) throw new Problem(409, 'too-many-appeals', `${mostOpen} appeals wait for an answer.`);
    const atMs = this.now();
    const clocks = appealClocks(atMs, neutralTimezone);
    const appeal = { number: newNumber(), sealed: this.vault.sealFor(known.key, body), atMs, ...clocks };
    await this.graph.write('appeals/create', { person, ...appeal });
    return this.show({ ...appeal, person, key: known.key, answeredAtMs: null, answer: null });
  }

  /** Newest first. */
  async list(person: string): Promise<ShownAppeal[]> {
    return (await this.graph.read('appeals/of_person', { person })).map((row) => this.show(row));
  }

  /** One appeal with whose it is; a {@link Problem} when there is none. */
  async get(number: string): Promise<{ person: string; appeal: ShownAppeal }> {
    const row = await this.stored(number);
    return { person: row.person, appeal: this.show(row) };
  }

  /** Answers an appeal, once. */
  async answer(number: string, body: NewAnswer, by: Caller): Promise<ShownAppeal> {
    const row = await this.stored(number);
    const answer = this.vault.sealFor(row.key, body);
    const atMs = this.now();
    const [done] = await this.graph.write('appeals/answer', { number, answer, by: by.id, atMs });
    if (!done) throw new Problem(409, 'answered-already', 'This appeal was answered before.');
    return this.show({ ...row, answer, answeredAtMs: atMs });
  }

  show({ number, key, sealed, atMs, replyByMs, actByMs, answer, answeredAtMs }: Stored): ShownAppeal {
    const open = this.vault.opener(key);
    return {
      ...newAppeal.parse(open(sealed)),
      number,
      at: iso(atMs),
      replyBy: iso(replyByMs),
      actBy: iso(actByMs),
      answer: answer === null ? null : { ...newAnswer.parse(open(answer)), at: iso(answeredAtMs!) },
    };
  }

  private async stored(number: string): Promise<Stored> {
    const [row] = await this.graph.read('appeals/by_number', { number });
    if (row) return row;
    throw new Problem(404, 'appeal-unknown', 'There is no such appeal.');
  }
}

const newNumber = (): string => Array.from({ length: numberLength }, () => letters[randomInt(letters.length)]).join('');

const iso = (ms: number): string => new Date(ms).toISOString();
