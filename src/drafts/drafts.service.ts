import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { LOG, type Logger } from '../../config/log.js';
import { canonical } from '../../config/policy.js';
import { Graph, step } from '../../graph/graph.js';
import type { StoredDraft } from '../../graph/queries/policies.js';
import type { Caller } from '../auth/caller.js';
import { inForce, policy, type Policy } from '../domain/policy/policy.js';
import { withoutSource } from '../domain/policy/sources.js';
import { Problem } from '../http/problem.js';
import { Policies } from '../policies.js';
import { Units } from '../units/units.service.js';
import type { Simulated } from './shown.js';

/** Officers it takes to publish (SPEC section 6). */
const officers = 2;

/** What raises an area's level takes effect so long after publication at the earliest. Source: Resolution 128/NQ-CP. */
const noticeMs = 48 * 3_600_000;

/** A dry run is an answer about the people of its day (assumption). */
const simulationKeepsMs = 24 * 3_600_000;

/** A draft with its policy read. */
export interface Draft {
  stored: StoredDraft;
  policy: Policy;
  /** The numbers for which it names no source: as long as there are any it cannot be published. */
  withoutSource: string[];
}

/** Policies on their way: drafted, tried, approved by two, published; a published version never changes (SPEC 6). */
@Injectable()
export class Drafts {
  constructor(
    private readonly graph: Graph,
    private readonly policies: Policies,
    private readonly units: Units,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** The draft of a version; the same content again is the same draft, another one starts over. */
  async save(given: unknown, read: Policy, by: Caller): Promise<Draft> {
    await this.refuseOthersArea(read, by);
    if (this.policies.all.some(({ id, version }) => id === read.id && version === read.version)) throw published(read);
    const row = { id: newId(), key: keyOf(read), text: canonical(given), by: by.id, atMs: this.now() };
    const [kept] = await this.graph.write('policies/draft', row);
    if (!kept!.isOpen) throw published(read);
    return this.get(kept!.id, by);
  }

  async list({ unit }: Caller): Promise<Draft[]> {
    const all = (await this.graph.read('policies/drafts', { id: null })).map(open);
    const mine = await Promise.all(all.map(({ policy: { area } }) => this.isWithin(area, unit)));
    return all.filter((_, at) => mine[at]);
  }

  async get(id: string, { unit }: Caller): Promise<Draft> {
    const [stored] = await this.graph.read('policies/drafts', { id });
    const draft = stored && open(stored);
    if (draft && (await this.isWithin(draft.policy.area, unit))) return draft;
    throw new Problem(404, 'not-found', 'There is no such draft, or it is not yours to see.');
  }

  /** Keeps what a dry run found, for those who approve. */
  async keep({ stored: { id, text } }: Draft, simulation: Simulated): Promise<void> {
    const atMs = this.now();
    await this.graph.write('policies/keep_simulation', { id, text, simulation: JSON.stringify(simulation), atMs });
  }

  /** The first officer's word, or the second's, which publishes. */
  async approve(id: string, by: Caller): Promise<Draft> {
    const draft = await this.get(id, by);
    await this.refuseUnready(draft, by);
    const { text } = draft.stored;
    const approve = step('policies/approve', { id, text, by: by.id });
    const publish = step('policies/publish', { id, key: keyOf(draft.policy), officers, atMs: this.now() });
    // Who is the second is known in the transaction alone: of two officers at once each looks like the first.
    const rows = await this.graph.writeAll([approve, publish], ([approved = []]) => {
      if (approved.length === 0) throw changedMeanwhile();
    });
    if (rows[1]?.length) {
      await this.policies.reread();
      this.log.info({ fact: 'policy-published', policy: keyOf(draft.policy), area: draft.policy.area });
    }
    return this.get(id, by);
  }

  private async refuseUnready({ stored, policy: of, withoutSource: numbers }: Draft, by: Caller): Promise<void> {
    const nowMs = this.now();
    if (stored.publishedAt !== null) throw published(of);
    if (numbers.length > 0) throw sourceMissing(numbers);
    if (stored.simulatedAt === null || stored.simulatedAt < nowMs - simulationKeepsMs) {
      throw new Problem(409, 'simulate-first', 'Nobody knows what this does to people: simulate it, then approve.');
    }
    if (stored.approvals.includes(by.id)) {
      throw new Problem(409, 'second-officer-needed', 'Another officer than the first must approve.');
    }
    if (of.validFrom < nowMs) {
      throw new Problem(409, 'valid-from-past', 'A policy never begins before it is published: give it a later start.');
    }
    const earliestMs = nowMs + noticeMs;
    if ((await this.raises(of)) && of.validFrom < earliestMs) {
      const earliest = new Date(earliestMs).toISOString();
      const detail = `Raising the level of an area takes 48 hours' notice: begin at ${earliest} or later.`;
      throw new Problem(409, 'notice-too-short', detail, { earliest });
    }
  }

  /** Whether the area's level becomes a higher one than that in force just before; no level is the lowest. */
  private async raises({ area, level = 0, validFrom }: Policy): Promise<boolean> {
    const versionsOf = await this.policies.versionsOf([area]);
    return level > (inForce(versionsOf(area), validFrom - 1)?.level ?? 0);
  }

  private async refuseOthersArea({ area }: Policy, { unit }: Caller): Promise<void> {
    if (await this.isWithin(area, unit)) return;
    throw new Problem(403, 'outside-your-unit', 'You make rules for your own unit and its parts only.');
  }

  private async isWithin(area: string | null, unit: string | undefined): Promise<boolean> {
    return unit === undefined || (area !== null && (await this.units.isWithin(area, unit)));
  }
}

function open(stored: StoredDraft): Draft {
  const given: unknown = JSON.parse(stored.text);
  return { stored, policy: policy.parse(given), withoutSource: withoutSource(given) };
}

const keyOf = ({ id, version }: Policy): string => `${id}|${version}`;

const published = ({ id, version }: Policy): Problem =>
  new Problem(409, 'published', `${id} ${version} is published and never changes: give the change another version.`);

/** Numbers that a refusal names; a draft tells them all (assumption). */
const mostNamed = 5;

function sourceMissing(numbers: string[]): Problem {
  const rest = numbers.length - mostNamed;
  const named = numbers.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const detail = `No source is named for ${named}: name the document in "sources", or say that it is an assumption.`;
  return new Problem(409, 'source-missing', detail, { numbers });
}

const changedMeanwhile = (): Problem =>
  new Problem(409, 'changed-meanwhile', 'The draft was changed or approved at the same moment: look again.');
