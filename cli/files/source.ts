import { createReadStream, statSync } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { Refused } from '../errors.js';

/** A file to be read from its beginning, and how long it is. */
export interface Source {
  path: string;
  bytes: number;
}

/** Looks at a file before anything is sent. Throws a {@link Refused} that names what is wrong with it. */
export function findFile(path: string): Source {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Refused(`${path}: there is no such file`);
  if (!found.isFile()) throw new Refused(`${path}: expected a file, got a folder or a device`);
  return { path, bytes: found.size };
}

/** The bytes of a file; `watch` hears how many have been read. */
export function readBytes({ path }: Source, watch: (bytes: number) => void): Readable {
  let done = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, next) {
      watch((done += chunk.length));
      next(null, chunk);
    },
  });
  const file = createReadStream(path);
  file.once('error', (error) => counted.destroy(new Refused(`${path}: cannot be read (${error.message})`)));
  return file.pipe(counted);
}
