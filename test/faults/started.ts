import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAlive } from '../../scripts/services/daemon.mjs';
import { soloServers } from '../system.js';
import { until } from '../until.js';

const root = resolve(import.meta.dirname, '../..');

/** What a test runner was told of servers of its own, which `npm start` would take for the user's. */
const notOurs = /^(REDIS|NEO4J|TEST_SOLO|JEST)_|^(DATA_DIR|PUBLIC_URL|NODE_OPTIONS|LOG_LEVEL)$/;

/** How long a start may take: servers, schema, API, worker and city on a slow machine (assumption). */
const startWithinMs = 120_000;

/**
 * `npm start` on a data folder and a port of its own, as a person runs it in a terminal. Redis is its own too; its Neo4j
 * runs already, for a start and an end of one take longer than all the rest.
 */
export class Started {
  private readonly child: ChildProcess;
  private said = '';

  constructor(private readonly dataDir: string) {
    const given = Object.entries(process.env).filter(([name]) => !notOurs.test(name));
    const { REDIS_URL: _, ...neo4j } = soloServers();
    const env = { ...Object.fromEntries(given), ...neo4j, DATA_DIR: dataDir, PORT: '0' };
    // A group of its own, as a terminal makes one: Ctrl-C reaches everything in it.
    this.child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on('data', (text) => (this.said += text));
  }

  /** Waits for the links; resolves to what was printed, by its name. Throws everything that was said when it ends instead. */
  async links(): Promise<Record<string, string>> {
    const isUp = () => this.said.includes('VetXanh is running') && / {4}demo log-in .*\n\n/.test(this.said);
    await until('the links are printed', () => isUp() || this.hasEnded, startWithinMs);
    if (!isUp()) throw new Error(`npm start ended:\n${this.said}`);
    const rows = [...this.said.matchAll(/^ {4}(\S.{0,17}?) {2,}(\S+)/gm)];
    return Object.fromEntries(rows.map(([, name, where]) => [name!, where!]));
  }

  /** The log-ins of the demo, as they are printed. */
  get logins(): { username: string; password: string }[] {
    const rows = [...this.said.matchAll(/demo log-in +(\S+) +(\S+)/g)];
    return rows.map(([, username, password]) => ({ username: username!, password: password! }));
  }

  /** Ctrl-C; resolves once `npm` itself has ended. */
  async interrupt(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    process.kill(-this.child.pid!, 'SIGINT');
    await ended;
  }

  /** Whatever runs for this folder: each process of it was told the folder, or has it on its command line. */
  alive(): number[] {
    return [...new Set([...told(this.dataDir), ...noted(this.dataDir)])].filter(isAlive);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** Processes whose environment names the folder; Linux alone shows it. */
function told(dataDir: string): number[] {
  if (!existsSync('/proc/self/environ')) return [];
  const pids = readdirSync('/proc').map(Number).filter(Boolean);
  return pids.filter((pid) => environmentOf(pid).split('\0').includes(`DATA_DIR=${dataDir}`));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** Processes that the folder itself names. */
function noted(dataDir: string): number[] {
  const files = ['start.json', 'redis/redis.pid'].map((name) => resolve(dataDir, name));
  return files.filter((file) => existsSync(file)).flatMap((file) => pidsIn(readFileSync(file, 'utf8')));
}

const pidsIn = (text: string): number[] => [...text.matchAll(/^(\d+)$|"pid":(\d+)/g)].map(([, a, b]) => Number(a ?? b));
