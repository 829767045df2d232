import type { Colour } from '../admission.js';
import { inForce, type Policy } from '../policy/policy.js';
import { counts, endOf, existsAt, inOrder, type Evidence, type Subject } from './evidence.js';
import { candidatesOf } from './changes.js';
import { Scene, type ListName, type Shown } from './facts.js';
import { prepared, type PreparedRule } from './prepared.js';

/** A text in each language a policy speaks. */
export type Texts = Record<string, string>;

/** A colour with the rule that gave it and the evidence it rests on. */
export interface Verdict {
  colour: Colour;
  /** The identifier of the rule; `override`, or why no rule spoke: `no-policy`, `no-rule`, `fault:<rule>`. */
  rule: string;
  /** The facts without whose kind the rule would not hold, and that make it hold alone of their kind. */
  reasons: Evidence[];
  text: Texts;
  policy: { id: string; version: string } | null;
}

/** A verdict, and the first instant at which another follows if nothing new is learnt; null when none does. */
export type Status = Verdict & { nextChangeAt: number | null };

/**
 * The colour of a person at an instant under one policy: the first rule that holds gives it (SPEC section 6). An
 * override in force goes before every rule; without a policy, or with a rule that fails on these facts, it is grey.
 */
export function colourAt(given: Subject, policy: Policy | undefined, nowMs: number): Verdict {
  const subject = inOrder(given);
  return policy ? verdictAt(subject, new Moments(subject), policy, nowMs) : grey('no-policy', null);
}

/** One person's facts as each policy's calendar shows them. */
class Moments {
  private readonly scenes = new Map<Policy, Scene>();

  constructor(private readonly subject: Subject) {}

  of(policy: Policy): Scene {
    const known = this.scenes.get(policy);
    if (known) return known;
    const scene = new Scene(this.subject, prepared(policy).calendar, policy.level ?? 0);
    this.scenes.set(policy, scene);
    return scene;
  }
}

function verdictAt(subject: Subject, moments: Moments, policy: Policy, nowMs: number): Verdict {
  const { id, version } = policy;
  const override = latestOverride(subject, nowMs);
  if (override) {
    const { colour } = override;
    return { colour, rule: 'override', reasons: [override], text: overrideText, policy: { id, version } };
  }
  const shown = moments.of(policy).at(nowMs);
  const all = {
    exposures: { seen: shown.view.exposures, behind: shown.behind.exposures },
    tests: { seen: shown.view.tests, behind: shown.behind.tests },
  };
  for (const rule of prepared(policy).rules) {
    if (nowMs < rule.from || nowMs >= rule.to) continue;
    hideUnsure(shown, all, rule.colour === 'red' ? policy.minTrustForRed : undefined);
    try {
      if (!rule.holds(shown.view)) continue;
      const reasons = rule.reads.flatMap((list) => reasonsIn(list, rule, shown));
      return { colour: rule.colour, rule: rule.id, reasons, text: rule.text, policy: { id, version } };
    } catch {
      return grey(`fault:${rule.id}`, { id, version });
    }
  }
  return grey('no-rule', { id, version });
}

/**
 * The colour of a person now and when it changes next. `versions` are the published policies that may speak for the
 * asking place, the one that goes before first (policy/book.ts).
 */
export function colourOf(given: Subject, versions: readonly Policy[], nowMs: number): Status {
  const subject = inOrder(given);
  const moments = new Moments(subject);
  const verdict = (at: number): Verdict => {
    const policy = inForce(versions, at);
    return policy ? verdictAt(subject, moments, policy, at) : grey('no-policy', null);
  };
  const now = verdict(nowMs);
  for (const at of candidates(subject, versions, nowMs)) {
    if (differs(now, verdict(at))) return { ...now, nextChangeAt: at };
  }
  return { ...now, nextChangeAt: null };
}

/** Every instant after now at which something may be different, in order. */
function candidates({ evidence }: Subject, versions: readonly Policy[], nowMs: number): number[] {
  const found: number[] = [];
  const facts = evidence.filter(counts);
  for (const fact of facts) found.push(fact.at, endOf(fact) ?? 0);
  const instants = facts.flatMap(instantsOf);
  for (const policy of versions) {
    if (policy.validTo !== null && policy.validTo <= nowMs) continue;
    const { shifts, calendar, fixed } = prepared(policy);
    for (const ms of fixed) found.push(ms);
    for (const ms of instants) for (const at of candidatesOf(ms, shifts, calendar)) found.push(at);
  }
  return [...new Set(found.filter((at) => at > nowMs))].sort((a, b) => a - b);
}

/** Every instant that a rule may see of a fact. */
function instantsOf(fact: Evidence): number[] {
  const end = endOf(fact);
  const more = fact.kind === 'exposure' ? fact.lastAt : fact.kind === 'case' ? fact.isolatedAt : undefined;
  return [fact.at, ...(end === null ? [] : [end]), ...(more === undefined || more === fact.at ? [] : [more])];
}

function differs(a: Verdict, b: Verdict): boolean {
  if (a.colour !== b.colour || a.rule !== b.rule || a.reasons.length !== b.reasons.length) return true;
  return a.reasons.some((reason) => !b.reasons.includes(reason));
}

function latestOverride({ evidence }: Subject, nowMs: number): (Evidence & { kind: 'override' }) | undefined {
  let latest: (Evidence & { kind: 'override' }) | undefined;
  for (const fact of evidence) {
    if (fact.kind === 'override' && existsAt(fact, nowMs) && (!latest || fact.at >= latest.at)) latest = fact;
  }
  return latest;
}

/** What a red rule does not see: exposures below `minTrustForRed`, tests of perhaps somebody else (SPEC 4 and 9). */
function hideUnsure({ view, behind }: Shown, all: Sure, minTrust: number | undefined): void {
  const isSure = (fact: Evidence) =>
    minTrust === undefined || (fact.kind === 'exposure' ? fact.trust >= minTrust : !('unsure' in fact));
  for (const list of unsureLists) {
    const { seen, behind: facts } = all[list];
    const sure = facts.every(isSure);
    view[list] = sure ? seen : seen.filter((_, at) => isSure(facts[at]!));
    behind[list] = sure ? facts : facts.filter(isSure);
  }
}

/** The lists that hold facts of which one cannot be sure. */
const unsureLists = ['exposures', 'tests'] as const;

type Sure = Record<(typeof unsureLists)[number], { seen: Shown['view']['tests']; behind: Evidence[] }>;

/** The facts of one list that a rule which holds rests on. */
function reasonsIn(list: ListName, { holds }: PreparedRule, { view, behind }: Shown): Evidence[] {
  const seen = view[list];
  if (seen.length === 0) return [];
  try {
    view[list] = [];
    if (holds(view)) return [];
    if (seen.length === 1) return behind[list];
    return behind[list].filter((_, at) => {
      view[list] = [seen[at]!];
      return holds(view);
    });
  } finally {
    view[list] = seen;
  }
}

const grey = (rule: string, policy: Verdict['policy']): Verdict => ({
  colour: 'grey',
  rule,
  reasons: [],
  text: greyText,
  policy,
});

/** What an override says beside its reason. */
export const overrideText: Texts = {
  vi: 'Hai cán bộ y tế đã quyết định màu này, có lý do và thời hạn.',
  en: 'Two health officers decided this colour, with a reason and an end.',
};

/** What is said where no rule spoke. */
export const greyText: Texts = {
  vi: 'Không có quy định nào áp dụng ở đây.',
  en: 'No rule applies here.',
};
