import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const root = import.meta.dirname;

/** Where the pages go: beside the API, which serves them. */
const outDir = join(root, '../dist/web');

type Bundle = Rolldown.OutputBundle;

/** What a page does without where there is no network: a map is larger than all the rest. */
const onlineOnly = /place-map/;

/** Scripts of a page with all that they load, also later. */
function reached(bundle: Bundle, entry: string): Set<string> {
  const found = new Set<string>();
  const waiting = Object.values(bundle).filter((one) => one.type === 'chunk' && one.name === entry && one.isEntry);
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one.type !== 'chunk' || found.has(one.fileName) || onlineOnly.test(one.fileName)) continue;
    found.add(one.fileName);
    for (const name of [...one.imports, ...one.dynamicImports]) if (bundle[name]) waiting.push(bundle[name]);
  }
  return found;
}

/** A page's file holds what is its own: title, words, script. All the rest stands in `frame.html`, once. */
function framed(): Plugin {
  const frame = readFileSync(join(root, 'frame.html'), 'utf8');
  return {
    name: 'vetxanh-frame',
    transformIndexHtml: { order: 'pre', handler: (own) => frame.replace('<!-- own -->', () => own) },
  };
}

/** Files beside the pages that a page which opens without a network shows. */
const besides = (page: string): string[] => [`${page}.webmanifest`, 'icon.svg', 'icon-192.png'];

/** Without a network a gate reads codes too; a citizen only shows one. */
const more = { gate: /\.(woff2|wasm)$|decode\.worker-[\w-]+\.js$/, citizen: /\.woff2$/ };

/** What a page needs while it is offline, under a name that follows from the content. */
function shelfOf(bundle: Bundle, page: keyof typeof more): { version: string; files: string[] } {
  const html = bundle[`${page}.html`];
  const content = html?.type === 'asset' ? String(html.source) : '';
  const scripts = reached(bundle, page);
  const names = Object.keys(bundle).filter(
    (name) => scripts.has(name) || content.includes(name) || more[page].test(name),
  );
  const files = [...besides(page), ...names.sort()].map((name) => `/${name}`);
  const version = createHash('sha256').update(files.join()).update(content);
  for (const name of besides(page)) version.update(readFileSync(join(root, 'public', name)));
  return { version: version.digest('hex').slice(0, 12), files };
}

/** Tells the service worker what each page needs that opens without a network: a page follows its own content alone. */
function offlinePages(): Plugin {
  return {
    name: 'vetxanh-offline-pages',
    enforce: 'post',
    generateBundle(_, bundle) {
      const shelves = { '/gate': shelfOf(bundle, 'gate'), '/citizen': shelfOf(bundle, 'citizen') };
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker is not in the build');
      worker.code = worker.code.replace(/(["'`])__SHELVES__\1/, JSON.stringify(JSON.stringify(shelves)));
    },
  };
}

export default defineConfig({
  root,
  base: '/',
  publicDir: join(root, 'public'),
  plugins: [framed(), offlinePages()],
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: ['chrome87', 'firefox88', 'safari14'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The library that writes PDF; only those who print a poster load it.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      // `use client` at the head of React libraries means nothing here.
      checks: { pluginTimings: false },
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      input: {
        gate: join(root, 'gate.html'),
        owner: join(root, 'owner.html'),
        checkin: join(root, 'checkin.html'),
        citizen: join(root, 'citizen.html'),
        officer: join(root, 'officer.html'),
        sw: join(root, 'shared/sw.ts'),
      },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
