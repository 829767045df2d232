/** What a number of a policy rests on: in both languages of the pages, or as one text for all who read it. */
export type Source = string | { vi: string; en: string };

/** A source in a reader's language; what was written in one language alone is told as it stands. */
export const sourceIn = (source: Source, language: string): string =>
  typeof source === 'string' ? source : language === 'en' ? source.en : source.vi;

/** Whether no document stands behind it. */
export const isAssumed = (source: Source): boolean => sourceIn(source, 'en').startsWith('assumption');
