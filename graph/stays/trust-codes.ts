/** Different trusts are few: each stay keeps where its own stands among them. */
export class TrustCodes {
  private readonly codes = new Map<number, number>();
  private values = new Float64Array(0);

  of(trust: number): number {
    const known = this.codes.get(trust);
    if (known !== undefined) return known;
    this.codes.set(trust, this.codes.size);
    return this.codes.size - 1;
  }

  /** The trust behind each code so far. */
  get trusts(): Float64Array {
    if (this.values.length !== this.codes.size) this.values = Float64Array.from(this.codes.keys());
    return this.values;
  }
}
