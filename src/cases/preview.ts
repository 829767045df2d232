import { Injectable } from '@nestjs/common';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { traceCase } from '../../graph/tracing.js';
import { contactOf } from '../case-contact.js';
import type { Person } from '../people/people.service.js';
import { Policies } from '../policies.js';
import type { NewCase } from './bodies.js';

/** What confirming a case would find; nothing is kept. */
@Injectable()
export class Preview {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
  ) {}

  /** How many people would be at each level, level 1 first. */
  async counts(body: NewCase, person: Person, unit: string | null): Promise<number[]> {
    const { onset = null, sampledAt = null, isolatedAt = null } = body;
    const traced = { id: 'preview', person: person.id, unit: person.unit ?? unit, onset, sampledAt, isolatedAt };
    const contact = await contactOf(this.policies, traced);
    const counts: number[] = [];
    const { graph, vault } = this;
    for await (const { people } of traceCase(traced, { graph, vault, contact })) counts.push(people);
    return counts;
  }
}
