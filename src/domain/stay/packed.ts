import { z } from 'zod';
import { venueKinds, type Scan, type Undo } from './scan.js';

/**
 * Scans and undos as one line of JSON each: the form in which they wait in the stream and stay in the graph. The order
 * of the fields never changes; a new field goes to the end.
 */
export function packScan(scan: Scan): string {
  const { gate, scanId, venue, kind, unit, zone, direction, at, receivedAt, trust, decision } = scan;
  const { decided = 0, force, point, card } = scan;
  const more = [point ? [point.lat, point.lon] : 0, card ? [card.id, card.issuedAt] : 0];
  return JSON.stringify([
    's',
    gate,
    scanId,
    venue,
    kind,
    unit,
    zone,
    direction,
    at,
    receivedAt,
    trust,
    decision,
    decided,
    force ? 1 : 0,
    ...(point || card ? more : []),
  ]);
}

export const packUndo = ({ gate, scanId, at, undoneAt }: Undo): string =>
  JSON.stringify(['u', gate, scanId, at, undoneAt]);

const text = z.string();
const scanLine = z.tuple([
  z.literal('s'),
  text,
  text,
  text,
  z.enum(venueKinds),
  text.nullable(),
  text,
  z.enum(['in', 'out', 'auto']),
  z.int(),
  z.int(),
  z.number(),
  z.enum(['allow', 'warn', 'deny', 'unknown']),
  z.union([z.literal(0), z.enum(['allow', 'warn', 'deny'])]),
  z.union([z.literal(0), z.literal(1)]),
  z.union([z.literal(0), z.tuple([z.number(), z.number()])]).optional(),
  z.union([z.literal(0), z.tuple([text, z.int()])]).optional(),
]);
const undoLine = z.tuple([z.literal('u'), text, text, z.int(), z.int()]);

/** Reads a line back. Throws when it is neither form: the storage is our own, so damage is never passed over. */
export function unpackLine(line: string): { scan: Scan } | { undo: Undo } {
  const parts: unknown = JSON.parse(line);
  if (Array.isArray(parts) && parts[0] === 'u') {
    const [, gate, scanId, at, undoneAt] = undoLine.parse(parts);
    return { undo: { gate, scanId, at, undoneAt } };
  }
  return { scan: toScan(scanLine.parse(parts)) };
}

function toScan(parts: z.output<typeof scanLine>): Scan {
  const [
    ,
    gate,
    scanId,
    venue,
    kind,
    unit,
    zone,
    direction,
    at,
    receivedAt,
    trust,
    decision,
    decided,
    force,
    point,
    card,
  ] = parts;
  const scan: Scan = { gate, scanId, venue, kind, unit, zone, direction, at, receivedAt, trust, decision };
  if (decided) scan.decided = decided;
  if (force) scan.force = true;
  if (point) scan.point = { lat: point[0], lon: point[1] };
  if (card) scan.card = { id: card[0], issuedAt: card[1] };
  return scan;
}
