import type { CertificateData, EntryKind } from './schema.js';

/** Whose a certificate is and what it is about, in words of its own. */
export interface Entry {
  /** As in the passport of its holder: family name first. */
  name: string;
  /** In letters A to Z. */
  transliterated: string;
  /** As far as it is told; empty when it is not. */
  birthDate: string;
  entry: EntryKind;
  /** The certificate's own number. */
  id: string;
  country: string;
  /** Vaccinated, sampled, first found positive: a date or an instant as it is written. */
  on: string;
  /** Of a vaccination: which dose of how many. */
  dose?: string;
  /** Of a test: how it was done and what came out, by the codes of the value sets. */
  method?: string;
  result?: string;
}

/** The one entry of a certificate that keeps its schema; of several of a kind (before 1.3) the last. */
export function entryOf({ nam, dob, v, t, r }: CertificateData): Entry {
  const whose = {
    name: [nam.fn, nam.gn].filter(Boolean).join(' '),
    transliterated: [nam.fnt, nam.gnt].map((part) => (part ?? '').replaceAll('<', ' ')).join(' ').trim(), // prettier-ignore
    birthDate: dob.slice(0, 10),
  };
  const [vaccination, test, recovery] = [v?.at(-1), t?.at(-1), r?.at(-1)];
  const one = (vaccination ?? test ?? recovery)!;
  const told = { ...whose, id: one.ci, country: one.co };
  if (vaccination) {
    const { dt, dn, sd } = vaccination;
    return { ...told, entry: 'vaccination', on: dt, dose: `${dn}/${sd}` };
  }
  if (test) return { ...told, entry: 'test', on: test.sc, method: test.tt, result: test.tr };
  return { ...told, entry: 'recovery', on: recovery!.fr };
}
