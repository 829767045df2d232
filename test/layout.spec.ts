import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** The folders and arrows of DESIGN section 2; every finding names the file, so that nobody has to search. */
const root = resolve(import.meta.dirname, '..');

/** What may stand at the top: a new folder needs a word about what it is for in CONTRIBUTING.md. */
const folders = ['bench', 'cli', 'config', 'demo', 'docs', 'graph', 'scripts', 'src', 'test', 'web', 'workers'];
const notOurs = ['node_modules', 'dist', 'coverage'];

/** The longest file that is still one idea (CONTRIBUTING.md). */
const maxLines = 250;

/** Parts of the tree from the special to the general; the first whose pattern fits is a file's part. */
const parts: [string, RegExp][] = [
  ['domain', /^src\/domain\//],
  // What the API and the workers say to each other, and stand on and check together.
  ['wire', /^src\/([a-z-]+|checks\/[a-z-]+|(core|checks)\.module|auth\/caller)\.ts$(?<!main\.ts)/],
  ['stays', /^graph\/stays\//],
  ['top', /^([a-z]+)\//],
];

/** Who may import whom. Tests and benches look at everything. */
const arrows: Record<string, string[]> = {
  domain: ['domain'],
  config: ['config', 'domain'],
  stays: ['stays', 'domain', 'graph'],
  graph: ['graph', 'stays', 'domain', 'config', 'wire'],
  wire: ['wire', 'domain', 'config', 'graph'],
  src: ['src', 'wire', 'domain', 'config', 'graph', 'stays'],
  workers: ['workers', 'wire', 'domain', 'config', 'graph', 'stays'],
  cli: ['cli', 'domain', 'stays', 'config'],
  demo: ['demo', 'cli', 'domain', 'config'],
  web: ['web', 'wire', 'domain'],
};

/** The rules run in browsers too: nothing that needs a server, a file or a clock. */
const domainPackages = ['luxon', '@turf/turf', 'zod', 'certlogic-js', 'cbor-x', 'fflate'];
const forbiddenInDomain = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\./,
  /\bDateTime\.(now|local)\(\)/,
];

interface Source {
  path: string;
  lines: number;
  text: string;
  imports: string[];
}

const sources = folders.flatMap((folder) => readSources(join(root, folder)));

describe('the layout of DESIGN section 2', () => {
  it('knows every folder at the top', () => {
    const there = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = there.map(({ name }) => name).filter((name) => !name.startsWith('.') && !notOurs.includes(name));
    expect(names.filter((name) => !folders.includes(name))).toEqual([]);
  });

  it('has sources to look at', () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  it('lets arrows point down only', () => {
    const wrong = sources.flatMap((source) =>
      inside(source)
        .filter((target) => !(arrows[partOf(source.path)] ?? [partOf(target)]).includes(partOf(target)))
        .map((target) => `${source.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves Neo4j to graph/', () => {
    const users = sources.filter(({ imports }) => imports.some((name) => /^neo4j-driver/.test(name)));
    expect(users.map(({ path }) => path).filter((path) => !/^(graph|bench|test)\//.test(path))).toEqual([]);
  });

  it('keeps the rules pure', () => {
    const domain = sources.filter(({ path }) => partOf(path) === 'domain');
    const packages = domain.flatMap(({ path, imports }) =>
      imports
        .filter((name) => !name.startsWith('.') && !domainPackages.includes(name))
        .map((name) => `${path} → ${name}`),
    );
    const impure = domain.flatMap(({ path, text }) =>
      forbiddenInDomain.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern.source}`),
    );
    expect([...packages, ...impure]).toEqual([]);
  });

  it('has no files that only pass on, or that collect everything', () => {
    expect(
      sources.map(({ path }) => path).filter((path) => /(^|\/)(index|utils?|helpers?|common)\.[a-z]+$/.test(path)),
    ).toEqual([]);
  });

  it('has only files that are short enough to be one idea', () => {
    expect(sources.filter(({ lines }) => lines > maxLines).map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual(
      [],
    );
  });

  it('has one query a file, each with a header', () => {
    const queries = listFiles(join(root, 'graph/queries')).filter((path) => path.endsWith('.cypher'));
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter((path) => !readFileSync(path, 'utf8').startsWith('//')).map(toName)).toEqual([]);
  });
});

function readSources(folder: string): Source[] {
  return listFiles(folder)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.mts'))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
      return { path: toName(path), text, lines: text.split('\n').length - 1, imports };
    });
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files of this tree that a file imports, as paths from the root. */
function inside({ path, imports }: Source): string[] {
  const local = imports.filter((name) => name.startsWith('.'));
  return local.map((name) => toName(resolve(root, dirname(path), name)).replace(/\.js$/, '.ts'));
}

function partOf(path: string): string {
  for (const [part, pattern] of parts) {
    const found = pattern.exec(path);
    if (found) return part === 'top' ? found[1]! : part;
  }
  return path;
}

function toName(path: string): string {
  return relative(root, path).replaceAll('\\', '/');
}
