/** The longest name that is taken, in code units (assumption: the longest on a passport has fewer than 100). */
export const maxNameLength = 200;

/** Accents as Unicode splits them off Latin, Greek and Cyrillic letters; vowel signs of other scripts stay. */
const accents = /[\u0300-\u036f]/g;

/**
 * The words of a name as they compare and are found (SPEC 3): without case, accents and punctuation, `Đ` as `d`, in
 * the order in which they stand. Upper case first, so that `ß` and `SS` are one.
 */
export function foldName(name: string): string[] {
  const bare = name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFD').replace(accents, '');
  return bare
    .replaceAll('đ', 'd')
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
}

/** Whether two names are the same person's name in another spelling. */
export function sameName(a: string, b: string): boolean {
  return foldName(a).join(' ') === foldName(b).join(' ');
}

/**
 * A name as venue staff may see it (SPEC 4): initials but for the last word, which is the given name in Vietnamese
 * order: `Nguyễn Văn An` is `N. V. An`. Empty when nothing is known.
 */
export function abbreviateName(name: string): string {
  const words = name.normalize('NFC').split(/\s+/u).filter(Boolean);
  return words.map((word, at) => (at === words.length - 1 ? word : `${initialOf(word)}.`)).join(' ');
}

/** The first letter as a reader sees it, accents included. */
const initialOf = (word: string): string => [...word][0]!.toUpperCase();
