/** A stay as a file tells it (SPEC 12): ids of files, epoch milliseconds, effective trust. */
export interface ExportedStay {
  person: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  trust: number;
}

/** The order of a file of stays: in, person, venue, zone, then what else makes two stays differ; texts by code unit. */
function compare(a: ExportedStay, b: ExportedStay): number {
  return (
    a.in - b.in ||
    compareText(a.person, b.person) ||
    compareText(a.venue, b.venue) ||
    compareText(a.zone, b.zone) ||
    a.out - b.out ||
    b.trust - a.trust
  );
}

/** Compares code unit by code unit (SPEC 12). */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Stays in the order of a file, equal ones once with their highest trust (SPEC 12). */
export function inOrder(stays: ExportedStay[]): ExportedStay[] {
  const sorted = stays.sort(compare);
  return sorted.filter((stay, at) => at === 0 || !isSame(stay, sorted[at - 1]!));
}

const isSame = (a: ExportedStay, b: ExportedStay): boolean =>
  a.in === b.in && a.out === b.out && a.person === b.person && a.venue === b.venue && a.zone === b.zone;

/** Minutes with stays, cut into spans of about so many stays; a minute is never cut. */
export function inSpans(minutes: { minute: number; stays: number }[], most: number): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let held = Infinity;
  for (const { minute, stays } of minutes) {
    if (held + stays > most) {
      spans.push({ from: minute, to: minute + 1 });
      held = stays;
    } else {
      spans.at(-1)!.to = minute + 1;
      held += stays;
    }
  }
  return spans;
}
