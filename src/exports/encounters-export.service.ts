import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { importNames } from '../../graph/names.js';
import { ENV } from '../core.module.js';
import { compareText } from './rows.js';

const dayMs = 86_400_000;

/** A direct encounter as a file tells it (SPEC 12). */
export interface ExportedEncounter {
  kind: string;
  personA: string;
  personB: string;
  from: number;
  to: number;
}

/** Reads the direct encounters that the system holds: far fewer than stays, so all at once. */
@Injectable()
export class EncountersExport {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  /** In order of from, kind, personA, personB; personA is the lower id. One with a missing side is left out. */
  async read(span: {
    fromMs?: number | undefined;
    toMs?: number | undefined;
  }): Promise<{ encounters: ExportedEncounter[]; people: string[] }> {
    const fromMs = span.fromMs ?? this.now() - (this.env.RETENTION_DAYS + 2) * dayMs;
    const toMs = span.toMs ?? this.now() + 2 * dayMs;
    const rows = await this.graph.read('cases/direct_stays', { fromMs, toMs });
    const whole = rows.filter(({ people }) => people.length === 2);
    const people = [...new Set(whole.flatMap((row) => row.people))];
    const names = await importNames(this.graph, this.vault, people);
    const encounters = whole.map(({ direct: kind, people: both, in: from, out: to }) => {
      const [personA, personB] = both.map((person) => names.get(person) ?? person).sort(compareText);
      return { kind, personA: personA!, personB: personB!, from, to };
    });
    return { encounters: encounters.sort(inFileOrder), people };
  }
}

function inFileOrder(a: ExportedEncounter, b: ExportedEncounter): number {
  return (
    a.from - b.from ||
    compareText(a.kind, b.kind) ||
    compareText(a.personA, b.personA) ||
    compareText(a.personB, b.personB) ||
    a.to - b.to
  );
}
