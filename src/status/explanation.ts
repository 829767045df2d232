import { Injectable } from '@nestjs/common';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { greyText, overrideText } from '../domain/colour/colour.js';
import type { Evidence } from '../domain/colour/evidence.js';
import { tellReason, type ToldReason } from '../domain/colour/told.js';
import type { Source } from '../domain/policy/source.js';
import { Policies } from '../policies.js';
import { remembered } from '../remembered.js';
import type { PersonStatus } from '../told-statuses.js';

/** One meeting of a chain from a person back to the case; ids only. */
export interface Link {
  person: string;
  level: number;
  via: string;
  venue: string;
  from: string;
  to: string;
}

/** A fact behind a colour, with who told it, or how it came from a case. */
export interface ExplainedReason extends ToldReason {
  id?: string;
  by?: string | null;
  toldAt?: string | null;
  case?: string;
  /** From the person to the case, as it is stored; null when it has changed since the instant that is asked about. */
  chain?: Link[] | null;
}

/** Why somebody has a colour: rule, document, evidence and versions (for officers; people hear no names). */
export interface Explanation {
  person: string;
  at: string;
  /** The asking unit and all it is a part of, nearest first. */
  place: string[];
  colour: string;
  rule: string;
  text: Record<string, string>;
  nextChangeAt: string | null;
  policy: {
    id: string;
    version: string;
    area: string | null;
    validFrom: string;
    validTo: string | null;
    publishedAt: string;
  } | null;
  /** What the rule rests on, as the policy names it. */
  document: Source | null;
  evidence: ExplainedReason[];
  version: number;
  /** What was known when, oldest first, up to the instant that is asked about. */
  versions: { version: number; at: string; colour: string | null; rule: string | null; facts: number }[];
}

/** A colour somebody had since an instant, with the words of its rule by language. */
export interface PastColour {
  at: string;
  colour: string;
  text: Record<string, string>;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Links of a chain at most: as deep as a policy may trace (SPEC section 5). */
const deepest = 5;

/** Explains colours: any person, place and time (SPEC section 6). */
@Injectable()
export class Explanations {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
  ) {}

  async of(found: PersonStatus, unit: string | null): Promise<Explanation> {
    const { person, atMs, status, version } = found;
    const { colour, rule, text, nextChangeAt } = status;
    return {
      person,
      at: iso(atMs),
      place: [...this.policies.placeOf(unit, atMs)],
      colour,
      rule,
      text,
      nextChangeAt: nextChangeAt === null ? null : iso(nextChangeAt),
      ...this.sourceOf(found),
      evidence: await this.reasonsOf(found),
      version,
      versions: await this.versionsOf(person, atMs),
    };
  }

  /** The colours of a person, newest first: one each time what is known of them changed what they were told. */
  async history(person: string): Promise<PastColour[]> {
    const told: PastColour[] = [];
    let last = '';
    for (const { atMs, colour, rule, policy } of await this.rememberedOf(person, 8.64e15)) {
      const now = `${colour} ${rule} ${policy?.id} ${policy?.version}`;
      if (colour !== undefined && now !== last)
        told.unshift({ at: iso(atMs), colour, text: this.textOf(policy, rule) });
      last = now;
    }
    return told;
  }

  private textOf(policy: { id: string; version: string } | null | undefined, rule: string | undefined) {
    const spoke = this.policies.all.find(({ id, version }) => policy?.id === id && policy.version === version);
    const found = spoke?.colours.find(({ Identifier }) => Identifier === rule);
    if (found) return Object.fromEntries(found.Description.map(({ lang, desc }) => [lang, desc]));
    return rule === 'override' ? overrideText : greyText;
  }

  /** The policy that spoke, and the document that the rule rests on. */
  sourceOf({ status: { policy, rule } }: PersonStatus): Pick<Explanation, 'policy' | 'document'> {
    const spoke = this.policies.all.find(({ id, version }) => policy?.id === id && policy.version === version);
    if (!spoke) return { policy: null, document: null };
    const { id, version, area, validFrom, validTo, sources } = spoke;
    const times = { validFrom: iso(validFrom), validTo: validTo === null ? null : iso(validTo) };
    const isRule = spoke.colours.some(({ Identifier }) => Identifier === rule);
    const document = isRule ? (sources[`colours.${rule}`] ?? sources['colours'] ?? null) : null;
    return { policy: { id, version, area, ...times, publishedAt: iso(this.policies.publishedAt(spoke)) }, document };
  }

  private async reasonsOf({ person, status: { reasons } }: PersonStatus): Promise<ExplainedReason[]> {
    const told = new Map((await this.graph.read('status/evidence_of', { person })).map((row) => [row.id, row]));
    return Promise.all(
      reasons.map(async (fact): Promise<ExplainedReason> => {
        const said = tellReason(fact);
        if (fact.kind === 'exposure') return { ...said, case: fact.case, chain: await this.chainOf(person, fact) };
        if (fact.kind === 'case') return { ...said, case: fact.case };
        const row = told.get(fact.id);
        const toldAt = row?.createdAt === null || row === undefined ? null : iso(row.createdAt);
        return { ...said, id: fact.id, by: row?.by ?? null, toldAt };
      }),
    );
  }

  private async chainOf(person: string, fact: Evidence & { kind: 'exposure' }): Promise<Link[] | null> {
    const links: Link[] = [];
    for (let at = person; links.length < deepest;) {
      const exposed = await this.graph.read('cases/of_person', { person: at });
      const row = exposed.find((one) => one.case === fact.case);
      if (!row || (at === person && !isSame(row, fact))) return null;
      const { level, via, venue, from, to } = row;
      links.push({ person: at, level, via, venue, from: iso(from), to: iso(to) });
      if (level === 1) return links;
      at = via;
    }
    return links;
  }

  private async versionsOf(person: string, untilMs: number): Promise<Explanation['versions']> {
    return (await this.rememberedOf(person, untilMs)).map(
      ({ version, atMs, colour = null, rule = null, evidence }) => ({
        version,
        at: iso(atMs),
        colour,
        rule,
        facts: evidence.length,
      }),
    );
  }

  private async rememberedOf(person: string, untilMs: number) {
    const [known] = await this.graph.read('people/by_id', { id: person });
    if (!known?.key) return [];
    const open = this.vault.opener(known.key);
    const rows = await this.graph.read('status/versions', { person, untilMs });
    return rows.map(({ version, atMs, sealed }) => ({ version, atMs, ...remembered.parse(open(sealed)) }));
  }
}

const isSame = (row: RowOf<'cases/of_person'>, { level, at, lastAt }: Evidence & { kind: 'exposure' }): boolean =>
  row.level === level && row.at === at && row.lastAt === lastAt;
