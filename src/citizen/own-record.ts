import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { readVenueCode, type RotatingPart } from '../domain/codes/venue-code.js';
import { packScan } from '../domain/stay/packed.js';
import { GateLog } from '../doubts/gate-log.js';
import { Problem } from '../http/problem.js';
import { Facts } from '../people/facts.js';
import { sealFields } from '../people/sealed.js';
import { Policies } from '../policies.js';
import { RotatingCodes } from '../venues/rotating-codes.js';
import { ownPerson } from '../status/own-person.js';

/** The code of a poster without its address. */
const bareCode = /^[a-z0-9]{4,32}$/;

/** How long a check-in waits until it can be read back (assumption). */
const settleWithinMs = 3_000;

type Venue = RowOf<'venues/by_code'>;

/** A check-in as its citizen sees it; `settled` tells whether it is among the stays already. */
export interface CheckedIn {
  id: string;
  venue: { id: string; name: string };
  direction: 'in' | 'out';
  settled: boolean;
}

/** What citizens do with their own record. */
@Injectable()
export class OwnRecord {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly facts: Facts,
    private readonly policies: Policies,
    private readonly rotating: RotatingCodes,
    private readonly gateLog: GateLog,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The person of an account, made when it has none: unverified, so grey, until a desk knows who it is. */
  async ensure(caller: Caller): Promise<string> {
    const known = await ownPerson(this.graph, caller);
    if (known !== undefined) return known;
    const key = this.vault.newPersonKey();
    const fields = sealFields(this.vault, key, { identifiers: [] });
    const made = { account: caller.id, id: newId(), key, ...fields, atMs: this.now() };
    const [row] = await this.graph.write('people/make_for_account', made);
    if (!row) throw new Problem(404, 'no-person', 'There is no such account.');
    return row.person;
  }

  /** The person of an account; a {@link Problem} when it has none yet. */
  async find(caller: Caller): Promise<string> {
    const person = await ownPerson(this.graph, caller);
    if (person !== undefined) return person;
    throw new Problem(404, 'no-person', 'This account has no person yet: ask for its card first.');
  }

  /** One’s own scan of a venue's poster (SPEC section 4: less trusted than one by staff). */
  async checkIn(caller: Caller, venueCode: string, direction: 'in' | 'out'): Promise<CheckedIn> {
    const person = await this.ensure(caller);
    const { venue, rotating } = await this.venueOf(venueCode);
    const gate = `self-${person}`;
    if (rotating && !this.rotating.isFresh(venue.code, rotating)) {
      this.gateLog.note({ kind: 'old-code', gate, venue: venue.id, unit: venue.unit, person });
      throw staleCode();
    }
    const at = this.now();
    const id = newId();
    const trusts = this.policies.stayRules(venue.unit, at).trust;
    const trust = rotating ? trusts.rotating : trusts.printed;
    const where = { gate, venue: venue.id, kind: venue.kind, unit: venue.unit, zone: '' };
    const scan = { ...where, scanId: id, direction, at, receivedAt: at, trust, decision: 'unknown' as const };
    const positions = await this.facts.append([{ person, line: packScan(scan) }]);
    const settled = await this.facts.settled(positions, settleWithinMs);
    return { id, venue: { id: venue.id, name: venue.name }, direction, settled };
  }

  /** The venue of a code for a stay told by hand, and how much such a stay is trusted there (SPEC section 4). */
  async remembered(venueCode: string, atMs: number): Promise<{ venue: Venue; trust: number }> {
    const { venue } = await this.venueOf(venueCode);
    return { venue, trust: this.policies.stayRules(venue.unit, atMs).trust.hand };
  }

  private async venueOf(text: string): Promise<{ venue: Venue; rotating?: RotatingPart }> {
    const { code, rotating } = readVenueCode(text) ?? { code: text.toLowerCase() };
    const [venue] = bareCode.test(code) ? await this.graph.read('venues/by_code', { code }) : [];
    if (venue) return { venue, ...(rotating && { rotating }) };
    throw new Problem(422, 'venue-unknown', 'No venue has this code.', {
      errors: [{ path: 'venueCode', expected: 'the address or the code on a venue’s poster', got: 'one nobody knows' }],
    });
  }
}

const staleCode = (): Problem =>
  new Problem(422, 'code-too-old', 'The screen shows another code by now: scan it again.', {
    errors: [{ path: 'venueCode', expected: 'a code of the last minute', got: 'an older one' }],
  });
