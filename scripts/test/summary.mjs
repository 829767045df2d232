/** Adds up what the steps counted. */
export function addUp(results) {
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** One step in one line. */
export function tell({ name, passed, failed, skipped, seconds }) {
  const more = skipped ? `, ${skipped} skipped` : '';
  return `${name.padEnd(7)} ${passed} passed, ${failed} failed${more}   (${seconds.toFixed(1)} s)`;
}

/** What failed, all steps, and as last line the total; skipped tests are told and are not in it. */
export function summary(results) {
  const { passed, failed, skipped } = addUp(results);
  const faults = results.flatMap(({ name, faults = [] }) => faults.map((fault) => `${name}: ${fault}\n`));
  const lines = [...faults, ...results.map(tell)];
  if (skipped) lines.push(`${skipped} skipped: they need what is not here (each says what).`);
  return [...lines, '', `${passed} passed, ${failed} failed`].join('\n');
}
