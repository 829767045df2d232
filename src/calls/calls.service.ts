import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph, step, type RowOf } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import type { Call, ToCall } from '../domain/call.js';
import { doseText } from '../domain/exposure/exposure.js';
import { pageOf, type Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { News } from '../people/news.js';
import type { CalledNews } from '../streams.js';
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
    private readonly news: News,
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
    const about = await this.graph.read('calls/about', { ...open, person });
    if (about.length === 0) throw new Problem(409, 'called-already', 'Nobody waits for this call.');
    const sealed = note === undefined ? null : this.vault.sealFor(about[0]!.key, note);
    const cases = about.map((row) => row.case);
    const call = { id: newId(), person, outcome, sealed, by: caller.id, cases, atMs: open.nowMs };
    await this.news.write([step('calls/keep', call)], toldOf(person, about, open.nowMs));
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
}

/** Two officers do not call the same person: whoever has the list open hears of it. */
function toldOf(person: string, about: RowOf<'calls/about'>[], at: number): CalledNews[] {
  return [...new Set(about.map(({ unit }) => unit))].map((unit) => ({ push: 'called', person, unit, at }));
}

const iso = (ms: number): string => new Date(ms).toISOString();
const shownDose = (dose: number): number => Number(doseText(dose));
