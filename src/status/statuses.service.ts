import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { readSubjects, type KnownSubject } from '../../graph/subjects.js';
import { colourOf } from '../domain/colour/colour.js';
import type { Subject } from '../domain/colour/evidence.js';
import { Policies } from '../policies.js';
import type { PersonStatus } from '../told-statuses.js';
import { remembered } from '../remembered.js';

/** Where and when a colour is asked for; the person's own unit, and now, where nothing is said. */
export interface Asked {
  area?: string | undefined;
  atMs?: number | undefined;
}

/** Colours as they are now, as they were, and as they will be if nothing new is learnt (SPEC section 6). */
@Injectable()
export class Statuses {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The colours of people now, for the area each lives in; who is not known is not in the answer. */
  async current(people: string[]): Promise<PersonStatus[]> {
    const subjects = await readSubjects({ graph: this.graph, vault: this.vault }, people);
    const versionsOf = await this.policies.versionsOf(subjects.map(({ person }) => person.unit));
    const atMs = this.now();
    return subjects.map((subject) => {
      const { id, version, unit } = subject.person;
      return { person: id, version, atMs, status: colourOf(subject, versionsOf(unit), atMs) };
    });
  }

  /** One person's colour: a past instant is answered from what was known then, a later one from today's facts. */
  async of(person: string, { area, atMs }: Asked): Promise<PersonStatus | undefined> {
    const [today] = await readSubjects({ graph: this.graph, vault: this.vault }, [person]);
    if (!today) return undefined;
    // One look at the clock: a millisecond later the present would be a past instant.
    const nowMs = this.now();
    const askedMs = atMs ?? nowMs;
    const known = askedMs < nowMs ? await this.asItWas(today, askedMs) : asItIs(today);
    const unit = area ?? known.unit;
    const status = colourOf(known.subject, await this.policies.versionsKnownAt(unit, askedMs), askedMs);
    return { person, version: known.version, atMs: askedMs, status, unit };
  }

  /** Before the first version that was remembered, nothing was known against anybody. */
  private async asItWas({ person, verified }: KnownSubject, atMs: number): Promise<Known> {
    const [kept] = await this.graph.read('status/as_it_was', { person: person.id, atMs });
    if (!kept || person.key === null) {
      return { version: 0, unit: person.unit, subject: { verified, evidence: [] } };
    }
    const then = remembered.parse(this.vault.openFor(person.key, kept.sealed));
    return { version: kept.version, unit: then.unit, subject: then };
  }
}

interface Known {
  version: number;
  unit: string | null;
  subject: Subject;
}

const asItIs = (today: KnownSubject): Known => ({
  version: today.person.version,
  unit: today.person.unit,
  subject: today,
});
