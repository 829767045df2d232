import type { Policy, PolicyText } from './policy.js';

/** What a draft changes of a published version. */
export interface Edit {
  version: string;
  validFrom: string;
  minMinutes: number;
  beforeDays: number;
  afterDays: number;
  maxLevel: number;
}

/** A version like another one but for what was edited, as a draft is told to the API. */
export function edited({ publishedAt: _, state: __, ...policy }: Policy, edit: Edit): PolicyText {
  const { version, validFrom, minMinutes, beforeDays, afterDays, maxLevel } = edit;
  const isoOrNull = (at: number | string | null) => (at === null ? null : new Date(at).toISOString());
  const colours = policy.colours.map((rule) => ({
    ...rule,
    ValidFrom: isoOrNull(rule.ValidFrom),
    ValidTo: isoOrNull(rule.ValidTo),
  }));
  const infectious = { ...policy.contact.infectious, beforeDays, afterDays };
  const contact = { ...policy.contact, minMinutes, maxLevel, infectious };
  // A checkpoint borrows the numbers of other places: no document names them, so no draft does.
  const named = ({ checkpoint: _borrowed, ...minutes }: Record<string, number>) => minutes;
  const stays = {
    ...policy.stays,
    typicalMinutes: named(policy.stays.typicalMinutes),
    maxMinutes: named(policy.stays.maxMinutes),
  };
  return { ...policy, version, validFrom: `${validFrom}:00+07:00`, validTo: null, contact, stays, colours };
}
