import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

const built = resolve(import.meta.dirname, '../../dist/web');

/** Gzip bytes of script and style that a page loads first (UX.md: 150 kB for gate and citizen; kB of 1,024). */
const budget = 150 * 1_024;

/** What stands in the page: scripts, what they import, and styles. */
function firstLoad(page: string): { bytes: number; html: string } {
  const html = readFileSync(join(built, page), 'utf8');
  const files = [...html.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file!);
  const bytes = files.map((file) => gzipSync(readFileSync(join(built, file))).length);
  return { bytes: bytes.reduce((sum, one) => sum + one, 0), html };
}

describe.each(['gate.html', 'citizen.html', 'checkin.html', 'owner.html'])('%s', (page) => {
  it('loads no more than 150 kB of script and style at first', () => {
    const { bytes } = firstLoad(page);
    process.stderr.write(`${page}: ${(bytes / 1_024).toFixed(1)} kB\n`);
    expect(bytes).toBeGreaterThan(50 * 1_024);
    expect(bytes).toBeLessThanOrEqual(budget);
  });

  it('has no script or style of its own, which its policy would not let run', () => {
    expect(firstLoad(page).html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style="/);
  });
});
