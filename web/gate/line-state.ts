import type { Headcount } from '../../src/events.js';
import type { Known } from './known.js';
import type { Storage } from './queue.js';

export type Link = 'connecting' | 'online' | 'offline' | 'busy' | 'removed';

/** All that the screen shows of the line to the server. */
export interface LineState {
  link: Link;
  known: Known | undefined;
  headcount: Headcount | undefined;
  waiting: number;
  /** Scans of an earlier pairing at another place. */
  others: number;
  sending: { done: number; total: number } | undefined;
  storage: Storage;
}

/** Before anything was heard. */
export const atFirst: LineState = {
  link: 'connecting',
  known: undefined,
  headcount: undefined,
  waiting: 0,
  others: 0,
  sending: undefined,
  storage: 'fine',
};
