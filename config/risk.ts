import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { riskScale, type RiskScale } from '../src/domain/area/risk.js';

const folder = new URL('risk/', import.meta.url);

/** The scales of risk this installation knows. Throws, naming the file and every fault, when one is not usable. */
export function loadRiskScales(): RiskScale[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const { success, data, error } = riskScale.safeParse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!success) throw new Error(`config/risk/${name} is not usable:\n${z.prettifyError(error)}`);
    return data;
  });
}
