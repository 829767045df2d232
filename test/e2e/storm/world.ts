import { newId } from '../../../config/ids.js';
import { loadSecrets } from '../../../config/secrets.js';
import { Vault } from '../../../config/vault.js';
import type { Graph } from '../../../graph/graph.js';
import type { StayEntry } from '../../../graph/stays/stay-table.js';
import { sealFields } from '../../../src/people/sealed.js';
import { hang } from '../../../bench/world.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Rows of one transaction, as presence writes them (DESIGN section 3). */
const rowsPerWrite = 2_500;

/** How large a storm is. */
export interface Size {
  /** Cases of one minute; each has nine contacts, who meet five more each. */
  cases: number;
  /** Stays of a market in 14 days. */
  marketStays: number;
  /** Stays of somebody who is always on the way. */
  walkerStays: number;
  /** People at level 2 of one case. */
  crowd: number;
}

/** What issue B asks for, and how much of it a test does in a minute. */
const full: Size = { cases: 1_000, marketStays: 100_000, walkerStays: 5_000, crowd: 250_000 };
const small: Size = { cases: 40, marketStays: 3_000, walkerStays: 2_000, crowd: 8_000 };

/** `VETXANH_STORM=full` makes everything as large as issue B says; that takes many minutes. */
export const isFull = process.env['VETXANH_STORM'] === 'full';
export const size = isFull ? full : small;

/** Who may become a case, and when each of them was infectious. */
export interface World {
  onset: number;
  /** Strangers to each other: one case each, with 9 people at level 1 and 45 at level 2. */
  sick: string[];
  /** Was at the market for an hour every day. */
  trader: string;
  walker: string;
  /** Met twenty people who met everybody of the crowd. */
  spreader: string;
  /** One of the twenty, and somebody of the crowd. */
  carrier: string;
  last: string;
  stays: number;
}

const contactsEach = 9;
const furtherEach = 5;
const spreaders = 20;
const hallsEach = 25;
const walkerVenues = 200;

/** Makes the people and hangs the stays into the graph, past the streams: a tracer that starts afterwards reads them. */
export async function settleStorm(graph: Graph, dataDir: string, size: Size): Promise<World> {
  const town = new Town(graph, new Vault(loadSecrets(dataDir)));
  const onset = Math.floor((Date.now() - 13 * day) / hour) * hour;
  const sick: string[] = [];
  for (let each = 0; each < size.cases; each++) sick.push(await cluster(town, onset + (each % 20) * hour));
  const trader = await market(town, onset, size.marketStays);
  const walker = await walk(town, onset, size.walkerStays);
  const crowd = await spread(town, onset, size.crowd);
  await town.flush();
  return { onset, sick, trader, walker, ...crowd, stays: town.written };
}

/** People and stays on their way into the graph. */
class Town {
  written = 0;
  private readonly stays: StayEntry[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
  ) {}

  async people(count: number): Promise<string[]> {
    const rows = Array.from({ length: count }, () => {
      const [id, key] = [newId(), this.vault.newPersonKey()];
      return { id, key, ...sealFields(this.vault, key, { identifiers: [] }), verified: true, unit: null };
    });
    for (let at = 0; at < count; at += rowsPerWrite) {
      await this.graph.write('people/create', { rows: rows.slice(at, at + rowsPerWrite), atMs: 0 });
    }
    return rows.map(({ id }) => id);
  }

  async stay(people: string[], venue: string, from: number, to: number): Promise<void> {
    for (const person of people) this.stays.push({ person, venue, zone: '', in: from, out: to, trust: 1 });
    while (this.stays.length >= rowsPerWrite) await this.write(this.stays.splice(0, rowsPerWrite));
  }

  async flush(): Promise<void> {
    await this.write(this.stays.splice(0));
  }

  private async write(stays: StayEntry[]): Promise<void> {
    if (stays.length) await hang(this.graph, stays);
    this.written += stays.length;
  }
}

async function cluster(town: Town, from: number): Promise<string> {
  const [sick = '', ...contacts] = await town.people(1 + contactsEach);
  await town.stay([sick, ...contacts], newId(), from, from + hour);
  for (const contact of contacts) {
    const further = await town.people(furtherEach);
    await town.stay([contact, ...further], newId(), from + 2 * day, from + 2 * day + hour);
  }
  return sick;
}

/** Four visits each, spread over fourteen days of twelve hours. */
async function market(town: Town, onset: number, stays: number): Promise<string> {
  const [venue, visitors] = [newId(), await town.people(Math.ceil(stays / 4))];
  const [trader = ''] = await town.people(1);
  for (let visit = 0; visit < stays; visit++) {
    const from = onset + (visit % 14) * day + ((visit * 37) % 720) * minute;
    await town.stay([visitors[visit % visitors.length]!], venue, from, from + 40 * minute);
  }
  for (let at = 0; at < 14; at++) await town.stay([trader], venue, onset + at * day, onset + at * day + hour);
  return trader;
}

/** From place to place, twenty minutes each, the next before the last has ended: as forgotten exits leave stays. */
async function walk(town: Town, onset: number, stays: number): Promise<string> {
  const [walker = '', ...met] = await town.people(1 + walkerVenues);
  const venues = met.map(() => newId());
  const [each, span] = [Math.floor((12 * day) / stays), 20 * minute];
  for (let at = 0; at < stays; at++) {
    const from = onset + at * each;
    await town.stay([walker], venues[at % walkerVenues]!, from, from + span);
  }
  for (const [at, person] of met.entries()) await town.stay([person], venues[at]!, onset, onset + 12 * day);
  return walker;
}

/** One meets twenty, and each of those meets their part of the crowd in halls of their own, some each day. */
async function spread(town: Town, onset: number, crowd: number): Promise<Pick<World, 'spreader' | 'carrier' | 'last'>> {
  const [spreader = '', ...carriers] = await town.people(1 + spreaders);
  await town.stay([spreader, ...carriers], newId(), onset, onset + hour);
  let last = '';
  const perHall = Math.ceil(crowd / (spreaders * hallsEach));
  for (const carrier of carriers) {
    for (let hall = 0; hall < hallsEach; hall++) {
      const from = onset + (2 + (hall % 8)) * day + Math.floor(hall / 8) * 2 * hour;
      const people = await town.people(perHall);
      await town.stay([carrier, ...people], newId(), from, from + hour);
      last = people.at(-1)!;
    }
  }
  return { spreader, carrier: carriers[0]!, last };
}
