import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import type { IdentityCode } from '../domain/codes/identity-code.js';
import { isBornBy } from '../domain/identity/birth-date.js';
import { fingerprint } from '../domain/identity/match.js';
import type { PersonFields } from '../domain/identity/person.js';
import { strongOf } from '../domain/identity/register.js';
import { Registrations } from '../people/registration.service.js';
import { keyOf } from '../people/sealed.js';
import { Newcomers } from './newcomers.js';
import { within } from '../../config/within.js';

/** How long a door waits for the graph before it goes on with what Redis knows (assumption). */
const graphWithinMs = 1_000;

/** Papers that are remembered, and for how long: two links of one person made or undone meanwhile (assumptions). */
const limits = { max: 50_000, ttl: 60_000, ttlResolution: 1_000 };

/** The same paper is compared with its person once in so long (assumption). */
const compared = { max: 50_000, ttl: 10 * 60_000, ttlResolution: 1_000 };

/** Somebody who waits to be told whom identifiers lead to; the surest first. */
interface Asking {
  keys: string[];
  found: (person: string | undefined) => void;
  failed: (error: Error) => void;
}

/**
 * Finds whom a paper is of: by the keyed hashes of its numbers, in the graph, everybody who asks in one turn of the loop
 * in one query. A paper of somebody who is not known makes a person of them. Own cards do not come here.
 */
@Injectable()
export class Identify {
  private readonly known = new LRUCache<string, string>(limits);
  private readonly compared = new LRUCache<string, true>(compared);
  private asking: Asking[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly newcomers: Newcomers,
    private readonly registrations: Registrations,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** The person behind a paper that names somebody; throws when neither the graph nor Redis can be asked. */
  async find({ kind, person }: IdentityCode): Promise<string> {
    const fields = bornOnly(person, this.now());
    const keys = strongOf(fields).map((each) => keyOf(this.vault, each));
    this.compare(fields);
    const remembered = keys.map((key) => this.known.get(key)).find((person) => person !== undefined);
    if (remembered !== undefined) return remembered;
    const holder = await this.lookUp(keys).then(
      (found) => found ?? this.newcomers.make(keys, fields),
      (error: Error) => {
        this.log.warn({ fact: 'identity-not-looked-up', kind, reason: error.message });
        return this.newcomers.reserve(keys, fields);
      },
    );
    this.known.set(keys[0]!, holder);
    return holder;
  }

  /** Another name under a number that is known waits for somebody to decide; nobody at the door waits for it. */
  private compare(fields: PersonFields): void {
    const print = this.vault.hash(`paper\0${fingerprint(fields)}`);
    if (this.compared.has(print)) return;
    this.compared.set(print, true);
    this.registrations.queueConflict(fields).catch((error: Error) => {
      this.compared.delete(print);
      this.log.warn({ fact: 'paper-not-compared', reason: error.message });
    });
  }

  private lookUp(keys: string[]): Promise<string | undefined> {
    if (this.asking.length === 0) setImmediate(() => void this.ask(this.asking.splice(0)));
    return new Promise((found, failed) => this.asking.push({ keys, found, failed }));
  }

  private async ask(asking: Asking[]): Promise<void> {
    try {
      const keys = [...new Set(asking.flatMap((one) => one.keys))];
      const rows = await within(graphWithinMs, this.graph.read('people/ids_by_identifiers', { keys }));
      const holders = new Map(rows.map(({ key, id }) => [key, id]));
      const reserved = asking.map((one) => {
        const person = one.keys.map((key) => holders.get(key)).find((id) => id !== undefined);
        one.found(person);
        return person === undefined ? [] : [[one.keys[0]!, person] as const];
      });
      await this.newcomers.remember(reserved.flat());
    } catch (error) {
      for (const one of asking) one.failed(error as Error);
    }
  }
}

/** A paper of somebody yet to be born tells everything but that. */
function bornOnly({ birthDate, ...rest }: PersonFields, nowMs: number): PersonFields {
  return birthDate === undefined || !isBornBy(birthDate, nowMs) ? rest : { birthDate, ...rest };
}
