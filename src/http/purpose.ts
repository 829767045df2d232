import { purposes, type Purpose } from '../reads.js';
import { Problem } from './problem.js';

/** Why a caller reads somebody's data, as the `Purpose` header says it. */
export interface Why {
  purpose: Purpose;
  case?: string;
}

const form = /^([a-z-]{1,40})(?:\s*;\s*case=([\w.-]{1,64}))?$/;

/** Reads `Purpose: tracing; case=ID`. Throws a 422 when it is missing, unknown, or tracing without its case (API.md). */
export function readPurpose(header: string | undefined): Why {
  const [, name, caseId] = form.exec(header?.trim() ?? '') ?? [];
  const purpose = purposes.find((one) => one === name);
  if (!purpose) throw refusal(`one of ${purposes.join(', ')}`, header ? 'another text' : 'nothing');
  if (purpose === 'tracing' && !caseId) throw refusal('tracing; case=ID', 'tracing without a case');
  return { purpose, ...(caseId && { case: caseId }) };
}

function refusal(expected: string, got: string): Problem {
  const errors = [{ path: 'Purpose', expected, got }];
  return new Problem(422, 'purpose-needed', 'A read of personal data says why it is made.', { errors });
}
