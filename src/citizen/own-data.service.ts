import { Injectable } from '@nestjs/common';
import { Graph } from '../../graph/graph.js';
import { Appeals } from '../appeals/appeals.service.js';
import type { Caller } from '../auth/caller.js';
import { EvidenceService } from '../evidence/evidence.service.js';
import { PeopleCards } from '../people/cards.service.js';
import { Dependants } from '../people/dependants.service.js';
import { People } from '../people/people.service.js';
import type { Stay } from '../people/stay.js';
import { Stays } from '../people/stays.service.js';
import { unpackRead } from '../reads.js';
import { Explanations } from '../status/explanation.js';
import { Statuses } from '../status/statuses.service.js';
import { showToCitizen } from '../told-statuses.js';

/** Reads that are told at once, newest first (assumption: more than anybody scrolls through). */
const readsTold = 200;

/** Stays read at once for an export. */
const perRead = 500;

/** Who runs the installation may do all that staff may, and is told as none of them (src/main.ts). */
const operator = 'operator';

/** A read of one's data, as one is told of it: by what kind of office, and why; nobody's name, nobody's case. */
export interface ToldRead {
  at: string;
  roles: string[];
  unit: string | null;
  purpose: string;
}

/** What is known of a citizen, as they may see it: who else was there, and which officer, is nobody's own data. */
@Injectable()
export class OwnData {
  constructor(
    private readonly graph: Graph,
    private readonly people: People,
    private readonly cards: PeopleCards,
    private readonly dependants: Dependants,
    private readonly stays: Stays,
    private readonly statuses: Statuses,
    private readonly explanations: Explanations,
    private readonly facts: EvidenceService,
    private readonly appeals: Appeals,
  ) {}

  /** Which officer told something is not the citizen's to know; whether they did themselves is. */
  async evidence(person: string, caller: Caller) {
    const told = await this.facts.list(person);
    return told.map(({ by, hold: _hold, officers: _officers, ...fact }) => {
      return { ...fact, source: by === caller.id ? ('self' as const) : ('office' as const) };
    });
  }

  /** Who read one's data, newest first. */
  async reads(person: string): Promise<ToldRead[]> {
    const rows = await this.graph.read('reads/of_person', { person, limit: readsTold });
    return rows.map(({ who, atMs, purpose, body, unit }) => {
      const roles = who === operator ? [] : unpackRead(body).roles;
      return { at: new Date(atMs).toISOString(), roles, unit, purpose };
    });
  }

  /** All of it at once, to take along. */
  async everything(person: string, caller: Caller) {
    const [record, status, cards, dependants, stays, evidence, history, appeals, reads] = await Promise.all([
      this.people.get(person),
      this.statuses.of(person, {}),
      this.cards.list(person),
      this.dependants.list(person),
      this.allStays(person),
      this.evidence(person, caller),
      this.explanations.history(person),
      this.appeals.list(person),
      this.reads(person),
    ]);
    return {
      person: { id: person, verified: record?.verified, unit: record?.unit ?? null, ...record?.fields },
      status: status ? showToCitizen(status) : null,
      cards,
      dependants: dependants.map(({ id, fields: { name = null, birthDate = null } }) => ({ id, name, birthDate })),
      stays,
      evidence,
      history,
      appeals,
      reads,
    };
  }

  private async allStays(person: string): Promise<Stay[]> {
    const all: Stay[] = [];
    for (let after: string | undefined; ;) {
      const { items, next } = await this.stays.list(person, { limit: perRead, after });
      all.push(...items);
      if (next === null) return all;
      after = next;
    }
  }
}
