import { isCertLogicExpression, type CertLogicExpression } from 'certlogic-js';
import { z } from 'zod';
import { colours } from '../admission.js';
import { isDayName, isDayText, namesIn, walk } from '../colour/changes.js';

const instant = z.iso
  .datetime({ offset: true, error: 'expected an instant with an offset' })
  .transform((text) => Date.parse(text));

const comparisons = ['after', 'before', 'not-after', 'not-before'];

/** Operations about certificates, which are no facts here. */
const foreign = ['extractFromUVCI', 'dccDateOfBirth'];

const logic = z.unknown().transform((given, context): CertLogicExpression => {
  const faults = isCertLogicExpression(given) ? faultsOf(given) : ['expected CertLogic'];
  for (const message of faults) context.addIssue(message);
  return faults.length ? z.NEVER : (given as CertLogicExpression);
});

/** One rule of `colours[]`, in the business-rule format of the EU DCC, and the colour it gives (SPEC section 6). */
export const colourRule = z.strictObject({
  Identifier: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'expected letters, digits and hyphens'),
  Description: z
    .array(z.strictObject({ lang: z.string().length(2), desc: z.string().min(1) }))
    .refine((texts) => ['vi', 'en'].every((wanted) => texts.some(({ lang }) => lang === wanted)), 'expected vi and en'),
  ValidFrom: instant.nullable().default(null),
  ValidTo: instant.nullable().default(null),
  Logic: logic,
  colour: z.enum(colours),
});
export type ColourRule = z.output<typeof colourRule>;

/** The ordered list of rules; the first that holds gives the colour. */
export const coloursPart = z
  .array(colourRule)
  .min(1)
  .refine((rules) => new Set(rules.map(({ Identifier }) => Identifier)).size === rules.length, 'expected other names');

/**
 * What the next change of a colour could not be computed from: days compared with instants, the present moved by
 * months, operations about certificates.
 */
function faultsOf(expr: CertLogicExpression): string[] {
  const faults: string[] = [];
  walk(expr, (operator, operands) => {
    if (foreign.includes(operator)) faults.push(`"${operator}" has no meaning for colours`);
    if (operator === 'var' && operands === '') faults.push('a rule names the fact it reads');
    if (operator === 'plusTime') faults.push(...presentFaults(operands as [CertLogicExpression, number, string]));
    if (!comparisons.includes(operator)) return;
    const sorts = new Set((operands as CertLogicExpression[]).map(sortOf));
    if (sorts.size > 1) faults.push(`"${operator}" compares days with days and instants with instants`);
  });
  return faults;
}

function presentFaults([operand, , unit]: [CertLogicExpression, number, string]): string[] {
  const names = namesIn(operand);
  if (names.includes('today') && unit !== 'day') return ['"today" moves by days'];
  if (names.includes('now') && unit !== 'day' && unit !== 'hour') return ['"now" moves by hours or days'];
  if (names.some(isDayName) && unit === 'hour') return ['a day moves by days, months or years'];
  return [];
}

function sortOf(expr: CertLogicExpression): 'day' | 'instant' {
  const [[operator, operands] = ['', []]] = Object.entries(expr) as [string, CertLogicExpression[]][];
  if (operator !== 'plusTime') return 'instant';
  const from = operands[0]!;
  if (typeof from === 'string') return isDayText(from) ? 'day' : 'instant';
  return namesIn(from).some(isDayName) ? 'day' : 'instant';
}
