import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { stepNames } from '../../src/domain/codes/certificate/check.js';

/** The public test vectors of the EU Digital COVID Certificate beside the project: a folder for each country. */
const folder = resolve(import.meta.dirname, '../../../shared/vectors/dcc');

export const hasVectors = existsSync(folder);

/** One file of them. */
export interface Vector {
  /** Where it lies, from the folder of all. */
  name: string;
  text: string;
  /** Of whose key the certificate says to be: base64 of DER, with the key id that follows from it. */
  trust: { kid: string; certificate: string }[];
  atMs: number;
  expected: Partial<Record<(typeof stepNames)[number], boolean>>;
  /** What the payload must be, where the file tells. */
  json: unknown;
}

/** What the files call our steps; whether a picture can be read is a camera's business. */
const names = {
  EXPECTEDUNPREFIX: 'unprefix',
  EXPECTEDB45DECODE: 'base45',
  EXPECTEDCOMPRESSION: 'compression',
  EXPECTEDDECODE: 'decode',
  EXPECTEDVERIFY: 'verify',
  EXPECTEDKEYUSAGE: 'keyUsage',
  EXPECTEDEXPIRATIONCHECK: 'expiration',
  EXPECTEDSCHEMAVALIDATION: 'schema',
} as const;

interface File {
  PREFIX?: string;
  JSON?: unknown;
  TESTCTX: { CERTIFICATE: string; VALIDATIONCLOCK: string };
  EXPECTEDRESULTS: Record<string, boolean>;
}

/** Every vector of every folder that lies there, also of those dropped beside them later. */
export function readVectors(): Vector[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((one) => one.isFile() && one.name.endsWith('.json')).map((one) => join(one.parentPath, one.name)); // prettier-ignore
  return paths.sort().flatMap((path) => {
    const file = JSON.parse(readFileSync(path, 'utf8')) as File;
    return file.PREFIX === undefined || !file.TESTCTX?.CERTIFICATE ? [] : [vectorOf(relative(folder, path), file)];
  });
}

function vectorOf(name: string, { PREFIX, JSON: json, TESTCTX, EXPECTEDRESULTS }: File): Vector {
  const certificate = TESTCTX.CERTIFICATE;
  const kid = createHash('sha256').update(Buffer.from(certificate, 'base64')).digest().subarray(0, 8);
  const told = Object.entries(names).filter(([file]) => EXPECTEDRESULTS[file] !== undefined);
  const clock = TESTCTX.VALIDATIONCLOCK.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return {
    name,
    text: PREFIX!,
    trust: [{ kid: kid.toString('base64'), certificate }],
    atMs: Date.parse(clock),
    expected: Object.fromEntries(told.map(([file, step]) => [step, EXPECTEDRESULTS[file]])),
    json,
  };
}
