import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { forgetPid, killPid, running, startDaemon, stopPid, waitUntil } from './daemon.mjs';
import { ensureJars } from './jars.mjs';
import { needJava } from './java.mjs';
import { isListening } from './ports.mjs';

const launcher = join(import.meta.dirname, 'Neo4j.java');
const opens = ['java.base/java.nio', 'java.base/java.io', 'java.base/sun.nio.ch'];

/** Starts Neo4j on a folder and port of its own, or finds the one an earlier command left running there. */
export async function startNeo4j({ dir, port, password }) {
  const home = resolve(dir, 'neo4j');
  const at = { uri: `bolt://127.0.0.1:${port}`, user: 'neo4j', password, home };
  const left = runningNeo4j(home);
  if (left && (await isListening(port))) return server(at, left);
  if (left) await stopPid(left);
  return server(at, await launch(at, port));
}

/** Whether the Neo4j of a folder runs or is starting. */
export const neo4jRuns = (dir) => runningNeo4j(resolve(dir, 'neo4j')) !== undefined;

/** Stops the Neo4j of a folder, if one runs or is starting. */
export async function stopNeo4j(dir) {
  const home = resolve(dir, 'neo4j');
  const pid = runningNeo4j(home);
  if (pid) await server({ home }, pid).stop();
}

const runningNeo4j = (home) => running(home, 'neo4j', home);

async function launch({ home, password }, port) {
  await needJava();
  const lib = await ensureJars();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const [conf, ready] = [join(home, 'neo4j.conf'), join(home, 'ready')];
  writeFileSync(conf, configuration(port));
  rmSync(ready, { force: true });
  const heap = `-Xmx${process.env.NEO4J_HEAP || '1g'}`;
  const args = [
    heap,
    ...opens.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    '-cp',
    `${lib}/*`,
    launcher,
    home,
    conf,
    ready,
  ];
  const { pid, log } = startDaemon({ name: 'neo4j', dir: home, file: 'java', args, env: { NEO4J_PASSWORD: password } });
  await waitUntil(() => existsSync(ready), { what: 'Neo4j', pid, log, timeoutMs: 180_000 });
  return pid;
}

function server({ uri, user, password, home }, pid) {
  const end = (how) => async () => {
    await how(pid);
    forgetPid(home, 'neo4j');
  };
  return { uri, user, password, pid, stop: end((p) => stopPid(p, 60_000)), kill: end(killPid) };
}

/**
 * Log and checkpoint settings are those measured in operation: recovery after a kill stays within seconds. A case fills
 * and empties parts of the graph, and by default queries of such parts would be planned again each ten seconds: up to
 * 0.3 s of the second in which screens should turn. The plan of an empty graph must not stand for long, though.
 */
const configuration = (port) => `server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:${port}
server.bolt.advertised_address=127.0.0.1:${port}
dbms.security.auth_enabled=true
server.memory.pagecache.size=${process.env.NEO4J_PAGECACHE || '512m'}
dbms.cypher.min_replan_interval=1m
dbms.usage_report.enabled=false
db.tx_log.rotation.size=64m
db.tx_log.rotation.retention_policy=100M size
db.checkpoint.interval.time=1m
`;
