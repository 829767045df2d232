import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Graph, step } from '../../graph/graph.js';
import type { StoredHold } from '../../graph/queries/holds.js';
import type { Caller } from '../auth/caller.js';
import { EvidenceWriter } from '../evidence/evidence-writer.js';
import { Problem } from '../http/problem.js';
import { Units } from '../units/units.service.js';

/** People of one transaction (DESIGN section 3). */
const peoplePerWrite = 2_000;

/** A hold as officers see it; instants ISO 8601, UTC. */
export interface ShownHold {
  id: string;
  unit: string;
  state: 'held' | 'released' | 'dropped';
  people: number;
  at: string;
  /** The accounts that told what is held; none of them decides. */
  by: string[];
  decidedBy: string | null;
  decidedAt: string | null;
}

/** What is held, and what second officers decide about it. */
@Injectable()
export class Holds {
  constructor(
    private readonly graph: Graph,
    private readonly units: Units,
    private readonly writer: EvidenceWriter,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ unit }: Caller): Promise<ShownHold[]> {
    const units = unit === undefined ? null : await this.units.within(unit);
    return (await this.graph.read('holds/list', { units, id: null })).map(show);
  }

  /** Colours follow page by page; a second call after a crash goes on where the first one ended. */
  async decide(id: string, decided: 'released' | 'dropped', by: Caller): Promise<ShownHold> {
    const hold = await this.get(id, by);
    refuseUnfit(hold, decided, by);
    if (hold.decided === null) {
      const [mine] = await this.graph.write('holds/decide', { id, decided, by: by.id, atMs: this.now() });
      if (!mine) refuseUnfit(await this.get(id, by), decided, by);
    }
    await this.carryOut(id, decided, by);
    return show(await this.get(id, by));
  }

  private async carryOut(id: string, decided: 'released' | 'dropped', by: Caller): Promise<void> {
    for (;;) {
      const page = await this.graph.read('holds/people', { id, after: '', limit: peoplePerWrite });
      const people = page.map(({ person }) => person);
      if (people.length === 0) return;
      const atMs = this.now();
      const write =
        decided === 'released'
          ? step('holds/release', { id, people })
          : step('holds/drop', { id, people, by: by.id, atMs });
      await this.writer.change(
        write,
        people.map((person) => ({ person, kind: 'test' })),
      );
    }
  }

  private async get(id: string, { unit }: Caller): Promise<StoredHold> {
    const [hold] = await this.graph.read('holds/list', { units: null, id });
    if (hold && (await this.units.mayKnow(unit, hold.unit))) return hold;
    throw new Problem(404, 'not-found', 'There is no such hold, or it is not yours to see.');
  }
}

/** Asked again when somebody else decided, or told more, between the look and the decision. */
function refuseUnfit(hold: StoredHold, decided: 'released' | 'dropped', by: Caller): void {
  if (hold.by.includes(by.id)) {
    throw new Problem(409, 'second-officer-needed', 'Another officer than the one who told this must decide.');
  }
  if (hold.decided !== null && hold.decided !== decided) {
    throw new Problem(409, hold.decided, `This was ${hold.decided} before.`);
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

const show = ({ decided, decidedAt, at, ...rest }: StoredHold): ShownHold => ({
  ...rest,
  at: iso(at),
  state: decided ?? 'held',
  decidedAt: decidedAt === null ? null : iso(decidedAt),
});
