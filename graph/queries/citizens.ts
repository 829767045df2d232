import { z } from 'zod';

const instant = z.int();

/** An appeal as it lies in the graph; `sealed` and `answer` open under `key`. */
const appeal = z.strictObject({
  number: z.string(),
  person: z.string(),
  key: z.string(),
  sealed: z.string(),
  atMs: instant,
  replyByMs: instant,
  actByMs: instant,
  answeredAtMs: instant.nullable(),
  answer: z.string().nullable(),
});
const number = z.strictObject({ number: z.string() });
const device = z.strictObject({ id: z.string() });

/** Queries about what citizens ask for, and the devices on which they are told. */
export const citizens = {
  'appeals/create': {
    params: z.strictObject({
      person: z.string(),
      number: z.string(),
      sealed: z.string(),
      atMs: instant,
      replyByMs: instant,
      actByMs: instant,
    }),
    row: number,
  },
  'appeals/of_person': { params: z.strictObject({ person: z.string() }), row: appeal },
  'appeals/by_number': { params: number, row: appeal },
  'appeals/page': {
    params: z.strictObject({
      units: z.array(z.string()).nullable(),
      answered: z.boolean(),
      afterMs: instant,
      afterNumber: z.string(),
      limit: z.int(),
    }),
    row: appeal,
  },
  'appeals/answer': {
    params: z.strictObject({ number: z.string(), answer: z.string(), by: z.string(), atMs: instant }),
    row: number,
  },
  'devices/keep': {
    params: z.strictObject({ person: z.string(), id: z.string(), sealed: z.string(), atMs: instant, most: z.int() }),
    row: device,
  },
  'devices/forget': { params: z.strictObject({ id: z.string(), person: z.string().nullable() }), row: device },
  'devices/forget_all': { params: z.strictObject({ person: z.string() }), row: z.strictObject({}) },
  'devices/of_people': { params: z.strictObject({ people: z.array(z.string()) }), row: device },
  'devices/by_id': { params: device, row: z.strictObject({ key: z.string(), sealed: z.string() }) },
};
