/** A code that was out of view for so long is a new showing of it (assumption). */
const againAfterMs = 3_000;

/** Codes in view: each counts once while it is held there, however long (UX.md). */
export class Held {
  private readonly lastSeen = new Map<string, number>();

  /** Whether a code that is seen now was not in view before; a reading of every frame is told here. */
  isNew(code: string, nowMs: number): boolean {
    for (const [other, at] of this.lastSeen) if (nowMs - at > againAfterMs) this.lastSeen.delete(other);
    const isNew = !this.lastSeen.has(code);
    this.lastSeen.set(code, nowMs);
    return isNew;
  }
}
