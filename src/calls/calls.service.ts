import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import type { Call, ToCall } from '../domain/call.js';
import { doseText } from '../domain/exposure/exposure.js';
import { pageOf, type Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { bodyField, packPush, pushKept, pushStream, type CalledNews } from '../streams.js';
import { Units } from '../units/units.service.js';
import { readCallsCursor, writeCallsCursor, type CallsQuery, type NewCall } from './bodies.js';

type Waiting = RowOf<'calls/waiting'>;

/** Contacts who are to be told that they are contacts, and who was told (SPEC section 8). */
@Injectable()
export class Calls {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly units: Units,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Those who met an open case of the caller's units themselves and were not reached yet. */
  async list({ limit, after }: CallsQuery, caller: Caller): Promise<Page<ToCall>> {
    const place = { ...(await this.open(caller)), after: readCallsCursor(after), limit: limit + 1 };
    const { items, next } = pageOf(await this.graph.read('calls/waiting', place), limit, writeCallsCursor);
    return { items: items.map((row) => this.showWaiting(row)), next };
  }

  /** A call is about every open case the person met; once they are reached they are on nobody's list. */
  async keep({ person, outcome, note }: NewCall, caller: Caller): Promise<Call & { id: string; cases: string[] }> {
    const open = await this.open(caller);
    const sealed = note === undefined ? null : this.vault.sealFor(await this.keyOf(person), note);
    const call = { id: newId(), person, outcome, sealed, by: caller.id };
    const about = await this.graph.write('calls/keep', { ...open, ...call });
    if (about.length === 0) throw new Problem(409, 'called-already', 'Nobody waits for this call.');
    await this.tell(person, [...new Set(about.map(({ unit }) => unit))], open.nowMs);
    const cases = about.map((row) => row.case);
    return { id: call.id, outcome, at: iso(open.nowMs), note: note ?? null, cases };
  }

  /** The calls to one person, the last first. */
  async of(person: string): Promise<Call[]> {
    const rows = await this.graph.read('calls/of_person', { person });
    return rows.map((row) => this.show(row, row.key));
  }

  private async open({ unit }: Caller) {
    return { units: unit === undefined ? null : await this.units.within(unit), nowMs: this.now() };
  }

  private showWaiting({ person, key, dose, exposures, tries }: Waiting): ToCall {
    const why = [...exposures].sort((a, b) => b.dose - a.dose || a.atMs - b.atMs);
    return {
      person,
      dose: shownDose(dose),
      exposures: why.map(({ atMs, lastAtMs, ...one }) => {
        return { ...one, dose: shownDose(one.dose), exposedAt: iso(atMs), lastAt: iso(lastAtMs) };
      }),
      tries: tries.map((one) => this.show(one, key)),
    };
  }

  private show({ outcome, atMs, sealed }: Waiting['tries'][number], key: string): Call {
    return { outcome, at: iso(atMs), note: sealed === null ? null : String(this.vault.openFor(key, sealed)) };
  }

  private async keyOf(person: string): Promise<string> {
    const [known] = await this.graph.read('people/by_id', { id: person });
    if (!known?.key) throw new Problem(409, 'called-already', 'Nobody waits for this call.');
    return known.key;
  }

  /** Two officers do not call the same person: whoever has the list open hears of it. */
  private async tell(person: string, units: (string | null)[], at: number): Promise<void> {
    const news = units.map((unit): CalledNews => ({ push: 'called', person, unit, at }));
    await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, packPush(news));
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
const shownDose = (dose: number): number => Number(doseText(dose));
