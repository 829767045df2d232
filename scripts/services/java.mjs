import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Fault } from '../say.mjs';

const exec = promisify(execFile);

/** The oldest Java that runs Neo4j 5.26 (its own requirement). */
const oldestJava = 17;

/** The way on when something of Java's world is missing. */
export const wayWithDocker =
  'Or run it in containers: put REDIS_PASSWORD=… and NEO4J_PASSWORD=… into .env, then `docker compose up`.';

/** Throws a {@link Fault} unless a Java is there that can run Neo4j. */
export async function needJava() {
  const heard = await answer('java', ['-version']);
  const version = /version "(?:1\.)?(\d+)/.exec(heard ?? '')?.[1];
  if (version && Number(version) >= oldestJava) return;
  const what = heard === undefined ? 'Java is missing' : `Java ${version ?? 'of an unknown version'} is too old`;
  throw new Fault(
    `${what}: Neo4j needs Java ${oldestJava} or newer on the PATH.`,
    `Debian: apt-get install openjdk-17-jdk-headless maven. ${wayWithDocker}`,
  );
}

/** Throws a {@link Fault} unless the tools are there that fetch and unpack jars. */
export async function needJarTools() {
  await needJava();
  if ((await answer('jar', ['--version'])) === undefined) {
    throw new Fault(
      'The Java development kit is missing: there is no `jar` on the PATH.',
      `Debian: apt-get install openjdk-17-jdk-headless. ${wayWithDocker}`,
    );
  }
  if ((await answer('mvn', ['-version'])) === undefined) {
    throw new Fault(
      'Maven is missing: there is no `mvn` on the PATH.',
      `Debian: apt-get install maven. ${wayWithDocker}`,
    );
  }
}

/** What a tool says about itself; undefined when it is not there or does not run. */
async function answer(tool, args) {
  try {
    const { stdout, stderr } = await exec(tool, args);
    return stdout + stderr;
  } catch {
    return undefined;
  }
}
