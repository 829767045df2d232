/** Gives numbers to people in the order in which they are first seen. */
export class Numbers {
  readonly ids: string[] = [];
  readonly byId = new Map<string, number>();

  of(id: string): number {
    const known = this.byId.get(id);
    if (known !== undefined) return known;
    const number = this.ids.push(id) - 1;
    this.byId.set(id, number);
    return number;
  }
}
