import { readFileSync } from 'node:fs';

/** Scans as JSON text, all different: codes and people take turns, in and out. */
export class ScanBodies {
  private readonly codes: string[];
  private sent = 0;

  constructor(
    codesFile: string,
    private readonly prefix: string,
  ) {
    this.codes = readFileSync(codesFile, 'utf8').trim().split('\n');
  }

  next(): string {
    const at = this.sent++;
    const code = this.codes[at % this.codes.length]!;
    const instant = new Date().toISOString();
    return `{"scanId":"${this.prefix}-${at}","code":"${code}","direction":"auto","scannedAt":"${instant}"}`;
  }
}
