import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { needRoom } from '../../scripts/services/room.mjs';
import { faultOf, Machine } from './machine.js';

const start = ['scripts/start.mjs', '--no-demo'];
/** The jars that this machine has fetched already. */
const fetched = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vetxanh');

/** Starts the Redis of a data folder beside a Neo4j that is somebody else's, and stops it. */
const startAndStop = [
  '--input-type=module',
  '-e',
  "const { startPair } = await import(process.cwd() + '/scripts/services/pair.mjs'); const pair = await startPair(process.env.DATA_DIR, process.env); console.log('started'); await pair.stop();",
];
const cleanUp: (() => void)[] = [];

afterEach(() => {
  for (const clean of cleanUp.splice(0)) clean();
});

describe('npm start on a machine that is not ready says one line and a way on', () => {
  it('when Node is too old, before anything else is loaded', async () => {
    const machine = new Machine([]);
    mkdirSync(machine.dataDir);
    const disguise = join(machine.dir, 'disguise.cjs');
    writeFileSync(disguise, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });");
    const ended = await machine.run(['--require', disguise, ...start]);
    expect(faultOf(ended)).toMatch(/^VetXanh needs Node 20\.19 or newer, this is 18\.20\.4: .*docker compose up/);
    expect(ended.code).toBe(1);
  });

  it('when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanUp.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const ended = await new Machine([]).run(start, { PORT: String(port) });
    expect(faultOf(ended).split('\n')).toEqual([
      `Port ${port} is in use by another program.`,
      `         Take another one: PORT=${port + 1} npm start`,
    ]);
    expect(ended.code).toBe(1);
  });

  it('when VetXanh runs from the folder already, with its pid', async () => {
    const machine = new Machine([]);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'scripts/start.mjs']);
    cleanUp.push(() => other.kill());
    mkdirSync(machine.dataDir);
    writeFileSync(join(machine.dataDir, 'start.json'), JSON.stringify({ pid: other.pid, children: {} }));
    const ended = await machine.run(start, { PORT: '0' });
    expect(faultOf(ended)).toContain(`VetXanh runs from this folder already (pid ${other.pid}).`);
    expect(faultOf(ended)).toContain(`kill ${other.pid}`);
    expect(ended.code).toBe(1);
  });

  it('when Java is missing', async () => {
    const ended = await new Machine([]).run(start, { PORT: '0' });
    expect(faultOf(ended)).toMatch(
      /^Java is missing: Neo4j needs Java 17 or newer.*\n.*apt-get install.*docker compose up/,
    );
    expect(ended.code).toBe(1);
  });

  it('when Java is too old', async () => {
    const ended = await new Machine([], { java: 'echo \'openjdk version "11.0.2"\' >&2' }).run(start, { PORT: '0' });
    expect(faultOf(ended)).toMatch(/^Java 11 is too old: Neo4j needs Java 17/);
    expect(ended.code).toBe(1);
  });

  it('when Maven is missing', async () => {
    const ended = await new Machine(['java', 'jar']).run(start, { PORT: '0' });
    expect(faultOf(ended)).toMatch(/^Maven is missing.*\n.*apt-get install maven.*docker compose up/);
    expect(ended.code).toBe(1);
  });

  it('when Maven reaches nobody, with what it says', async () => {
    const machine = new Machine(['java', 'jar'], { mvn: 'echo "[ERROR] Could not transfer artifact"; exit 1' });
    const ended = await machine.run(start, { PORT: '0' });
    // Asked for its version it fails too: a Maven that does not run is a Maven that is missing.
    expect(faultOf(ended)).toMatch(/^Maven is missing/);
    const later = new Machine(['java', 'jar'], {
      mvn: 'case "$1" in -version) exit 0;; esac; echo "[ERROR] Could not transfer artifact"; exit 1',
    });
    expect(faultOf(await later.run(start, { PORT: '0' }))).toMatch(
      /^Maven could not fetch the jars: .*transfer artifact/,
    );
  });

  it('when the disk is full', () => {
    const full = () => ({ bavail: 10, bsize: 4_096 });
    expect(() => needRoom('/data/vetxanh', full)).toThrow(
      /disk of \/data\/vetxanh is full: 1 GB of room is needed.\n.*DATA_DIR/,
    );
  });

  it('when the disk is full and there is no database yet, but not when there is one to be started again', async () => {
    const machine = new Machine(['java', 'jar', 'mvn', 'sh', 'dirname', 'basename', 'uname', 'readlink']);
    const full = join(machine.dir, 'full.cjs');
    const pretend = "require('node:fs').statfsSync = () => ({ bavail: 10, bsize: 4096 });";
    writeFileSync(full, `${pretend} require('node:module').syncBuiltinESMExports();`);
    const downloads = { XDG_CACHE_HOME: dirname(fetched), NEO4J_URI: 'bolt://127.0.0.1:7687' };
    expect((await machine.run(['--require', full, ...startAndStop], downloads)).said).toContain(
      '1 GB of room is needed',
    );
    expect((await machine.run(startAndStop, downloads)).said).toContain('started');
    expect((await machine.run(['--require', full, ...startAndStop], downloads)).said).toContain('started');
  });

  it('when a server of its own is named without its password', async () => {
    const ended = await new Machine([]).run(start, { PORT: '0', NEO4J_URI: 'bolt://127.0.0.1:7687' });
    expect(faultOf(ended)).toMatch(/^NEO4J_URI names a server of your own, but NEO4J_PASSWORD is not set/);
    expect(ended.code).toBe(1);
  });
});

/** A Maven that only copies. */
const findLib = `lib=$(ls -d ${fetched}/*/lib | head -n 1)`;
const toFolder =
  'for arg in "$@"; do case "$arg" in -DoutputDirectory=*) out=${arg#*=};; -Dmaven.repo.local=*) own=1;; esac; done';
const copying = (more: string) =>
  `case "$1" in -version) exit 0;; esac\n${findLib}\n${toFolder}\ncp "$lib"/*.jar "$out"/\n${more}`;
const programs = ['java', 'jar', 'sh', 'ls', 'head', 'cp', 'dirname', 'basename'];
const ensure = [
  '--input-type=module',
  '-e',
  "const { ensureJars } = await import(process.cwd() + '/scripts/services/jars.mjs'); console.log('lib', await ensureJars());",
];

describe('downloads that were cut off', () => {
  it('are recognised by their size and fetched again', async () => {
    const machine = new Machine(programs, { mvn: copying('true') });
    const first = await machine.run(ensure);
    expect(first.said).toContain('Fetching Neo4j and Redis');
    const lib = /lib (.*)/.exec(first.said)![1]!;
    const second = await machine.run(ensure);
    expect(second.said).not.toContain('Fetching');

    const jar = join(lib, 'neo4j-5.26.30.jar');
    truncateSync(jar, 100);
    const third = await machine.run(ensure);
    expect(third.said).toContain('The downloaded jars are incomplete: fetching them again');
    expect((await machine.run(ensure)).said).not.toContain('Fetching');
  });

  it("are fetched into a store of our own when Maven's own copy is the broken one", async () => {
    const cut = 'if [ -z "$own" ]; then echo half > "$out"/neo4j-5.26.30.jar; fi';
    const machine = new Machine(programs, { mvn: copying(cut) });
    const ended = await machine.run(ensure);
    expect(ended.said).toContain("Maven's store holds broken copies of neo4j-5.26.30.jar");
    expect(ended.code).toBe(0);
    expect(existsSync(/lib (.*)/.exec(ended.said)![1]!)).toBe(true);
  });
});
