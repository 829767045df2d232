import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../config/clock.js';
import { EnvError, loadEnv } from '../config/env.js';
import { Graph } from './graph.js';

const folder = new URL('schema/', import.meta.url);

interface Migration {
  name: string;
  hash: string;
  statements: string[];
}

/** The schema files in order: `NNN_what.cypher`, statements end with `;` at a line's end. */
export function migrations(): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{3}_\w+\.cypher$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const bare = text.replace(/^\/\/.*$/gm, '');
    const statements = bare.split(/;\s*$/m).map((part) => part.trim());
    return { name, hash: createHash('sha256').update(bare).digest('hex'), statements: statements.filter(Boolean) };
  });
}

/** The files this graph still lacks. Throws when an applied file has been changed since: add a new file instead. */
export async function pending(graph: Graph): Promise<Migration[]> {
  const applied = new Map((await graph.read('schema/applied_migrations', {})).map(({ name, hash }) => [name, hash]));
  return migrations().filter(({ name, hash }) => {
    const before = applied.get(name);
    if (before !== undefined && before !== hash) {
      throw new EnvError(`graph/schema/${name} was changed after it had been applied: add a new numbered file instead`);
    }
    return before === undefined;
  });
}

/** Applies what is missing, in order; every statement can run twice. Returns the names it applied. */
export async function migrate(graph: Graph, nowMs: number): Promise<string[]> {
  const missing = await pending(graph);
  for (const { name, hash, statements } of missing) {
    for (const statement of statements) await graph.runSchema(statement);
    await graph.write('schema/record_migration', { name, hash, atMs: nowMs });
  }
  if (missing.length) await graph.runSchema('CALL db.awaitIndexes(120)');
  return missing.map(({ name }) => name);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const graph = Graph.connect(loadEnv({ REDIS_URL: 'redis://unused', ...process.env }));
  try {
    const applied = await migrate(graph, systemClock());
    process.stdout.write(applied.length ? `schema: applied ${applied.join(', ')}\n` : 'schema: up to date\n');
  } finally {
    await graph.close();
  }
}
