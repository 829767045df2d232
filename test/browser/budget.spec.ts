import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

const built = resolve(import.meta.dirname, '../../dist/web');

/** Gzip kB (of 1,024) of script and style that a page loads first (UX.md: 150 for gate and citizen, 600 at the desk). */
const budgets = {
  'gate.html': 150,
  'citizen.html': 150,
  'checkin.html': 150,
  'owner.html': 150,
  'officer.html': 600,
};

/** What stands in the page: scripts, what they import, and styles. */
function firstLoad(page: string): { bytes: number; html: string } {
  const html = readFileSync(join(built, page), 'utf8');
  const files = [...html.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file!);
  const bytes = files.map((file) => gzipSync(readFileSync(join(built, file))).length);
  return { bytes: bytes.reduce((sum, one) => sum + one, 0), html };
}

describe.each(Object.entries(budgets))('%s', (page, budget) => {
  it(`loads no more than ${budget} kB of script and style at first`, () => {
    const { bytes } = firstLoad(page);
    process.stderr.write(`${page}: ${(bytes / 1_024).toFixed(1)} kB\n`);
    expect(bytes).toBeGreaterThan(50 * 1_024);
    expect(bytes).toBeLessThanOrEqual(budget * 1_024);
  });

  it('has no script or style of its own, which its policy would not let run', () => {
    expect(firstLoad(page).html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style="/);
  });
});
