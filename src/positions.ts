import { comparePositions } from './streams.js';

/** How far all streams of facts have been read, or folded: one position for each shard, in their order. */
export type Positions = readonly string[];

/** Whether everything up to the second has been read by the first; never when they are of other shards. */
export function reaches(positions: Positions, others: Positions): boolean {
  if (positions.length !== others.length) return false;
  return positions.every((position, shard) => comparePositions(position, others[shard]!) >= 0);
}

/** The name under which the graph keeps how far the changed stays were followed, and by whom. */
export const followedId = 'trace';

/** Who follows the changed stays, a number that rises while they do, and how far they have come. */
export interface Followed {
  by: string;
  beat: number;
  positions: Positions;
}

export const packFollowed = ({ by, beat, positions }: Followed): string => [by, beat, ...positions].join(' ');

/** Reads it again; undefined when nobody has followed yet. */
export function unpackFollowed(text: string | undefined): Followed | undefined {
  const [by = '', beat = '', ...positions] = (text ?? '').split(' ');
  return positions.length > 0 ? { by, beat: Number(beat), positions } : undefined;
}
