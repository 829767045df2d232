import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { StayColumns } from '../../src/domain/exposure/stay-columns.js';
import { directKinds, settings } from '../../src/domain/policy/contact.js';
import { z } from 'zod';
import { compacted, type Numbered } from './compact.js';
import { indexing, type MemoryStays } from './memory-stays.js';
import { Numbers } from './numbers.js';
import { Places } from './places.js';
import type { NumberedStay } from './stay-table.js';
import type { Sliced } from '../../src/domain/exposure/sliced.js';

/** Changes with the form of the file; a file of another version is not read. */
const version = 1;

/** Bytes written or read at once; between two of them others may do something. */
const partBytes = 4 << 20;
const hashBytes = 32;
const lengthBytes = 8;

/** Why a snapshot is of no use; `message` names it. */
export class UselessSnapshot extends Error {}

/** How far each stream had been read, beside what had been read by then. */
export interface Kept {
  positions: Record<string, string>;
  mass: MemoryStays;
  /** Stays beside the mass. */
  late: readonly NumberedStay[];
}

const columnTypes = { Uint8Array, Uint16Array, Uint32Array, Float64Array };
type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const header = z.strictObject({
  version: z.literal(version),
  positions: z.record(z.string(), z.string()),
  people: z.array(z.string()),
  places: z.array(z.tuple([z.string(), z.string(), z.enum(settings).nullable(), z.enum(directKinds).nullable()])),
  longer: z.array(z.tuple([z.int(), z.number()])),
  late: z.array(
    z.strictObject({ person: z.int(), place: z.int(), from: z.number(), to: z.number(), trust: z.number() }),
  ),
  columns: z.record(
    z.string(),
    z.strictObject({ type: z.enum(['Uint8Array', 'Uint16Array', 'Uint32Array', 'Float64Array']), length: z.int() }),
  ),
});

type Head = z.output<typeof header>;

/**
 * Writes stays to a file beside the one that is replaced at the end: length and JSON of the header, the columns, and a
 * SHA-256 of all of it. Stays that are emptied meanwhile do not matter: whoever reads the file is told of their people
 * again, for that happened after `positions`.
 */
export async function writeSnapshot(path: string, { positions, mass, late }: Kept): Promise<void> {
  const { person, from, length, longer, trustCode, trusts } = mass.stays.columns;
  const columns = { person, from, length, trustCode, trusts, placeStarts: mass.placeStarts };
  const text = JSON.stringify({
    version,
    positions,
    people: mass.people.ids,
    places: mass.places.list.map(({ venue, zone, setting, direct }) => [venue, zone, setting, direct]),
    longer: [...longer],
    late,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, { type: column.constructor.name, length: column.length }]),
    ),
  });
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    const head = Buffer.from(text);
    const size = Buffer.alloc(lengthBytes);
    size.writeBigUInt64LE(BigInt(head.length));
    await write(file, hash, size);
    await write(file, hash, head);
    for (const column of Object.values(columns)) await write(file, hash, bytesOf(column));
    await file.write(hash.digest());
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/**
 * Reads a snapshot, less the people and places that have no stay any more; undefined when there is none. Throws
 * {@link UselessSnapshot} for one that cannot be trusted. Progress is by bytes, for stays lie column by column.
 */
export async function readSnapshot(
  path: string,
  onProgress: (so: { stays: number; expected: number }) => void = () => undefined,
): Promise<(Omit<Kept, 'mass'> & { mass: Sliced<MemoryStays> }) | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    const hash = createHash('sha256');
    const { size } = await file.stat();
    const headBytes = Number((await read(file, hash, lengthBytes)).readBigUInt64LE());
    if (headBytes > size) throw new UselessSnapshot('it is damaged: its header is longer than the file');
    const head = parseHeader(await read(file, hash, headBytes));
    const columns: Record<string, Column> = {};
    const expected = (head.columns['person']?.length ?? 0) + head.late.length;
    let readBytes = lengthBytes + headBytes;
    for (const [name, { type, length }] of Object.entries(head.columns)) {
      const column = new columnTypes[type](length);
      if (column.byteLength > size) throw new UselessSnapshot('it is damaged: a column is longer than the file');
      await readInto(file, hash, bytesOf(column));
      columns[name] = column;
      readBytes += column.byteLength;
      onProgress({ stays: Math.floor((expected * readBytes) / size), expected });
    }
    const digest = hash.digest();
    const kept = Buffer.alloc(hashBytes);
    await file.read(kept, 0, hashBytes);
    if (!kept.equals(digest)) throw new UselessSnapshot('it is damaged: its checksum is another');
    const { people, places, late, longer, positions } = head;
    const named = compacted({ people, places, late, ...(columns as unknown as Columns) });
    return { positions, late: named.late, mass: restored(named, longer, columns as unknown as Columns) };
  } finally {
    await file.close();
  }
}

/** Takes a snapshot away that is of no use. */
export const removeSnapshot = (path: string): Promise<void> => rm(path, { force: true });

function parseHeader(bytes: Buffer): Head {
  try {
    const json: unknown = JSON.parse(bytes.toString());
    const of = z.looseObject({ version: z.unknown() }).parse(json).version;
    if (of !== version) throw new UselessSnapshot(`it is of version ${String(of)}, this release reads ${version}`);
    return header.parse(json);
  } catch (error) {
    if (error instanceof UselessSnapshot) throw error;
    throw new UselessSnapshot('it is damaged: its header cannot be read');
  }
}

/** The columns as they are written. */
interface Columns {
  person: Uint32Array;
  from: Float64Array;
  length: Uint32Array;
  trustCode: Uint8Array;
  trusts: Float64Array;
  placeStarts: Uint32Array;
}

function* restored(
  named: Numbered<Head['places'][number]>,
  longer: Head['longer'],
  { from, length, trustCode, trusts }: Columns,
): Sliced<MemoryStays> {
  const [people, places] = [new Numbers(), new Places()];
  const { person, placeStarts } = named;
  for (const id of named.people) people.of(id);
  for (const [venue, zone, setting, direct] of named.places) {
    places.numberOf(venue, zone, { ...(setting && { setting }), ...(direct && { direct }) });
  }
  const stays = new StayColumns({ person, from, length, longer: new Map(longer), trustCode, trusts });
  return yield* indexing({ stays, placeStarts }, people, places);
}

const bytesOf = (column: Column): Uint8Array =>
  new Uint8Array(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength);

async function write(file: FileHandle, hash: Hash, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += partBytes) {
    const part = bytes.slice(at, at + partBytes); // what is hashed is what is written
    hash.update(part);
    await file.write(part);
  }
}

async function read(file: FileHandle, hash: Hash, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.min(length, 2 ** 31));
  await readInto(file, hash, bytes);
  return bytes;
}

async function readInto(file: FileHandle, hash: Hash, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += partBytes) {
    const part = bytes.subarray(at, at + partBytes);
    const { bytesRead } = await file.read(part, 0, part.length);
    if (bytesRead < part.length) throw new UselessSnapshot('it is damaged: it ends too soon');
    hash.update(part);
  }
}
