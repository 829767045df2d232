import { z } from 'zod';
import type { Admission, Colour, Instruction } from './domain/admission.js';
import type { ToldReason } from './domain/colour/told.js';
import type { Decision } from './domain/stay/scan.js';
import { maxCodeLength, maxUpload } from './limits.js';
import type {
  AuditAlarm,
  Board,
  CalledShown,
  CaseShown,
  DoubtShown,
  ExposuresShown,
  HeldShown,
  RedCard,
  RiskShown,
} from './officer-shown.js';

export { maxCodeLength, maxUpload };
export type * from './officer-shown.js';

/**
 * Every socket event of every namespace, with the shape of its body: the one place both sides share. A change here
 * breaks the build of the pages, not the door of a shop.
 */

/** How every request is answered: data or one of a closed list of errors, never an exception. */
export type Reply<Data, Code extends string> =
  { ok: true; data: Data } | { ok: false; error: Code; message: string; details?: Fault[] };

/** Where an input is wrong: the path in it, what was expected and what came. */
export interface Fault {
  path: string;
  expected: string;
  got: string;
}

export const directions = ['in', 'out', 'auto'] as const;

const scanId = z.string().min(1).max(64);
/** An instant with an offset or `Z`, or whole epoch milliseconds; milliseconds when read. */
const instant = z.union([
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  z.int().min(0).max(8.64e15),
]);

export const scan = z.strictObject({
  scanId,
  code: z.string().min(1).max(maxCodeLength),
  direction: z.enum(directions),
  zone: z.string().max(64).optional(),
  scannedAt: instant,
  decided: z.enum(['allow', 'warn', 'deny']).optional(),
  force: z.boolean().optional(),
});
export type ScanBody = z.output<typeof scan>;

/** The entries are checked one by one, so that one bad scan does not hold back the others of an offline queue. */
export const scans = z.array(z.unknown()).max(maxUpload);

export const undo = z.strictObject({ scanId });

export const hello = z.strictObject({});

/** What a gate may be told instead of an answer (API.md). */
export type ScanError =
  'bad-request' | 'unknown-code' | 'expired-code' | 'revoked-code' | 'too-old' | 'in-future' | 'busy';

/** What venue staff see of a person, and what to do: nothing else (SPEC section 4). */
export interface Answer {
  decision: Decision;
  colour: Colour;
  instruction: Instruction;
  displayName: string;
  birthYear?: number;
  gender?: 'male' | 'female';
  direction: 'in' | 'out';
  /** People inside as last known, without this scan. */
  occupancy: number;
}

export type ScanReply = Reply<Answer, ScanError>;

/** A key that offline gates check the signature of own cards with. */
export interface CardKey {
  id: number;
  /** Ed25519 public key, JWK. */
  key: Record<string, string>;
}

/** All that an offline gate decides with. */
export interface Hello {
  serverTime: string;
  venue: { id: string; name: string; kind: string; capacity?: number };
  zones: string[];
  inside: number;
  keys: CardKey[];
  /** Ids of revoked cards that have not expired by themselves yet. */
  revoked: string[];
  policy: { id: string; version: string } | null;
  /** What the door does with each colour of somebody who comes in. */
  admission: Record<Colour, Admission>;
}

export interface Headcount {
  venue: string;
  zones: Record<string, number>;
  inside: number;
  capacity?: number;
}

type Ack<R> = (reply: R) => void;

export interface GateToServer {
  hello: (body: unknown, ack: Ack<Reply<Hello, 'bad-request' | 'busy'>>) => void;
  scan: (body: unknown, ack: Ack<ScanReply>) => void;
  scans: (body: unknown, ack: Ack<Reply<ScanReply[], 'bad-request' | 'busy'>>) => void;
  undo: (body: unknown, ack: Ack<Reply<{ undone: boolean }, 'bad-request' | 'too-late' | 'busy'>>) => void;
}

export interface ServerToGate {
  headcount: (now: Headcount) => void;
  revoked: (news: { cards: string[] }) => void;
}

/** Why a socket is refused: `connect_error.data.code`. */
export type Refusal = 'unauthorized' | 'forbidden';

/** The last version a citizen's screen has shown; 0 when it has shown none. */
export const resume = z.strictObject({ version: z.int().min(0) });

/** A citizen's colour, why, until when at the latest; instants ISO 8601, UTC. */
export interface CitizenStatus {
  colour: Colour;
  rule: string;
  /** What it rests on, in words of its kind; never who. */
  reasons: ToldReason[];
  /** What the rule says and asks for, by language. */
  text: Record<string, string>;
  nextChangeAt: string | null;
  version: number;
  at: string;
}

/**
 * What a citizen who was away hears first: never older than a `status` that came before it, and no `status` after it
 * says the same again. One that came before it may: both have the same version then.
 */
export interface Resumed {
  version: number;
  /** Whether something became known since the version asked from; a colour may also change by time alone. */
  changed: boolean;
  status: CitizenStatus;
}

/** Something new while the colour stays: a second exposure of somebody who is red already (SPEC section 7). */
export interface CitizenNotice {
  kind: 'another-reason';
  colour: Colour;
  reasons: ToldReason[];
  at: string;
}

export interface CitizenToServer {
  resume: (body: unknown, ack: Ack<Reply<Resumed, 'bad-request' | 'no-person' | 'busy'>>) => void;
}

export interface ServerToCitizen {
  status: (now: CitizenStatus) => void;
  notice: (news: CitizenNotice) => void;
}

/** What an officer's screen watches; without units, all that the officer's scope holds. */
export const watch = z.strictObject({
  units: z.array(z.string().min(1).max(64)).max(100).optional(),
  cases: z.array(z.string().min(1).max(256)).max(500).optional(),
});
export type WatchBody = z.output<typeof watch>;

/** How what is watched stands as the watch begins. */
export interface Watched {
  cases: CaseShown[];
  board: Board;
  alarm: AuditAlarm | null;
  /**
   * Shown in the last 15 minutes, newest first, at most 200: what a screen that was away has missed. One that was told
   * as `red-card` too has the same `person`, `gate` and `at`.
   */
  redCards: RedCard[];
}

export interface OfficerToServer {
  watch: (body: unknown, ack: Ack<Reply<Watched, 'bad-request' | 'forbidden' | 'busy'>>) => void;
}

export interface ServerToOfficer {
  case: (now: CaseShown) => void;
  exposures: (news: ExposuresShown) => void;
  'red-card': (news: RedCard) => void;
  doubt: (news: DoubtShown) => void;
  held: (news: HeldShown) => void;
  called: (news: CalledShown) => void;
  risk: (news: RiskShown) => void;
  alarm: (now: AuditAlarm) => void;
  board: (now: Board) => void;
}
