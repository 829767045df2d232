import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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

/** What is said when a disk is full, before or while writing to it. */
export function diskFull(folder) {
  return new Fault(
    `The disk of ${folder} is full: 1 GB of room is needed.`,
    'Make room, or set XDG_CACHE_HOME (downloads) or DATA_DIR (data) to a folder on another disk.',
  );
}
