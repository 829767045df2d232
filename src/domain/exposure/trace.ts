import type { ContactRule } from './contact-rule.js';
import type { Exposure } from './exposure.js';
import { contactsOf } from './level-one.js';
import { carriersOf, deeperRow, exposedBy, type Exposed } from './next-level.js';
import type { StandingReader, StayReader } from './reader.js';
import { Roll } from './roll.js';
import { infectiousWindow, type TracedCase } from './windows.js';

/** Where a trace reads: stays from one reader, isolations and tests from another. */
export interface Reads {
  readonly stays: StayReader;
  readonly standing: StandingReader;
}

/** Everybody at one level of a case, in no order; `rows` tells why of all or some, and costs an object each. */
export interface Level extends Exposed {
  readonly level: number;
  rows(first?: number, end?: number): Exposure[];
}

/**
 * The exposures of one case, level by level (SPEC section 5): each level is handed over before the next is looked for,
 * and the last is the policy's `maxLevel` or the last that has anybody.
 */
export async function* trace(traced: TracedCase, rule: ContactRule, reads: Reads): AsyncGenerator<Level> {
  const roll = Roll.of(reads.stays);
  try {
    let found = await firstLevel(traced, rule, reads, roll);
    while (found && found.people.length > 0) {
      yield found;
      if (found.level === rule.contact.maxLevel) return;
      found = await nextLevel(traced, rule, reads, { roll, found });
    }
  } finally {
    roll.end();
  }
}

async function firstLevel(
  traced: TracedCase,
  rule: ContactRule,
  { stays: reader }: Reads,
  roll: Roll,
): Promise<Level | undefined> {
  const window = infectiousWindow(traced, rule.contact, rule.days);
  const person = reader.personNumber(traced.person);
  if (!window || person === undefined) return undefined;

  const contacts = await contactsOf(traced, { person, ...window }, rule, reader);
  roll.grow();
  roll.leaveOut(person);
  for (let each = 0; each < contacts.people.length; each++) roll.leaveOut(contacts.people[each]!);
  return { level: 1, ...contacts };
}

async function nextLevel(
  traced: TracedCase,
  rule: ContactRule,
  { stays: reader, standing }: Reads,
  so: { roll: Roll; found: Level },
): Promise<Level> {
  const level = so.found.level + 1;
  const carriers = await carriersOf(so.found, rule, reader, standing);
  const found = await exposedBy(carriers, rule, reader, { roll: so.roll, isLast: level === rule.contact.maxLevel });
  const deeper = { traced, level, carriers, found };
  return {
    level,
    people: found.people,
    exposedAt: found.exposedAt,
    rows: (first = 0, end = Infinity) =>
      Array.from(found.people.subarray(first, end), (_, at) => deeperRow(deeper, first + at, reader)),
  };
}
