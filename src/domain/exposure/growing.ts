/** A column of numbers whose length is not known beforehand; doubles its room, so that adding costs the same each. */
export class Growing<T extends Float64Array | Uint32Array | Uint8Array> {
  /** Valid up to {@link length}; another array after each doubling. */
  values: T;
  private used = 0;

  constructor(
    private readonly make: new (length: number) => T,
    room = 1_024,
  ) {
    this.values = new make(room);
  }

  get length(): number {
    return this.used;
  }

  push(value: number): number {
    if (this.used === this.values.length) {
      const larger = new this.make(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.used] = value;
    return this.used++;
  }

  /** Forgets the values and keeps their room. */
  clear(): void {
    this.used = 0;
  }

  /** The values so far, in an array of their own. */
  copy(): T {
    return this.values.slice(0, this.used) as T;
  }

  /** The values so far, not copied: read them before adding more. */
  view(): T {
    return this.values.subarray(0, this.used) as T;
  }
}
