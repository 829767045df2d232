/** Work that may be laid aside between two slices, and what comes of it. */
export type Sliced<T> = Generator<void, T>;

/** Rows of one slice: a few milliseconds of work. */
export const sliceLength = 1 << 18;

/** Does all the work now. */
export function atOneGo<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
