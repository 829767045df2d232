import { existsSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../say.mjs';

/** Room that the libraries, the jars and a first database want, in bytes (assumption, about twice what was measured). */
const roomNeeded = 1024 ** 3;

/** Throws a {@link Fault} when the disk of a folder, which need not be there yet, has too little room left. */
export function needRoom(folder, disk = statfsSync) {
  let there = resolve(folder);
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = disk(there);
  if (bavail * bsize < roomNeeded) throw diskFull(folder);
}

/**
 * {@link needRoom} for the databases of a data folder that are still to be made; those that `given` names are elsewhere.
 * One that has data starts whatever room is left: a server that ended must not stay down for want of it.
 */
export function needRoomForFirst(dir, { REDIS_URL, NEO4J_URI } = {}, disk = statfsSync) {
  const ours = [...(REDIS_URL ? [] : ['redis']), ...(NEO4J_URI ? [] : ['neo4j/data'])];
  if (!ours.every((name) => existsSync(join(dir, name)))) needRoom(dir, disk);
}

/** What is said when a disk is full, before or while writing to it. */
export function diskFull(folder) {
  return new Fault(
    `The disk of ${folder} is full: 1 GB of room is needed.`,
    'Make room, or set XDG_CACHE_HOME (downloads) or DATA_DIR (data) to a folder on another disk.',
  );
}
