import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const root = import.meta.dirname;

/** Where the pages go: beside the API, which serves them. */
const outDir = join(root, '../dist/web');

type Bundle = Rolldown.OutputBundle;

/** Scripts of a page with all that they load, also later. */
function reached(bundle: Bundle, entry: string): Set<string> {
  const found = new Set<string>();
  const waiting = Object.values(bundle).filter((one) => one.type === 'chunk' && one.name === entry && one.isEntry);
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one.type !== 'chunk' || found.has(one.fileName)) continue;
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

/**
 * Tells the service worker what the gate needs while it is offline. The version follows from the content, so that a
 * gate takes a new build up if and only if something has changed.
 */
function offlineGate(): Plugin {
  return {
    name: 'vetxanh-offline-gate',
    enforce: 'post',
    generateBundle(_, bundle) {
      const html = bundle['gate.html'];
      const content = html?.type === 'asset' ? String(html.source) : '';
      const scripts = reached(bundle, 'gate');
      const names = Object.keys(bundle).filter(
        (name) => scripts.has(name) || content.includes(name) || /\.(woff2|wasm)$|worker-[\w-]+\.js$/.test(name),
      );
      const files = ['gate.webmanifest', 'icon.svg', ...names.sort()].map((name) => `/${name}`);
      const publicFiles = ['gate.webmanifest', 'icon.svg'].map((name) => readFileSync(join(root, 'public', name)));
      const version = createHash('sha256').update(files.join()).update(content);
      for (const file of publicFiles) version.update(file);
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker is not in the build');
      worker.code = worker.code
        .replace('__VERSION__', version.digest('hex').slice(0, 12))
        .replace(/(["'`])__FILES__\1/, JSON.stringify(JSON.stringify(files)));
    },
  };
}

export default defineConfig({
  root,
  base: '/',
  publicDir: join(root, 'public'),
  plugins: [framed(), offlineGate()],
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
        sw: join(root, 'gate/sw.ts'),
      },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
