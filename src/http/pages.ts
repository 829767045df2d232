import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import compression from 'compression';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** The pages and the addresses they answer at. */
const pages: [RegExp, string][] = [
  [/^\/gate\/?$/, 'gate.html'],
  [/^\/owner\/?$/, 'owner.html'],
  [/^\/citizen\/?$/, 'citizen.html'],
  [/^\/officer\/?$/, 'officer.html'],
  [/^\/v\/[a-z0-9]{4,32}(\/[0-9a-z]{1,9}-[\w-]{11})?\/?$/i, 'checkin.html'],
];

/** Files beside the pages that must be asked for anew each time: the worker decides what everything else is. */
const fresh = ['sw.js', 'gate.webmanifest', 'citizen.webmanifest', 'icon.svg', 'icon-192.png', 'icon-512.png'];

/** A name and a port as a browser sends them; anything else is kept out of the header. */
const hostForm = /^[\w.:[\]-]{1,255}$/;

/** What a page may load: its own files, and nothing from anybody else. */
export function pagePolicy(host: string): string {
  // Older Safari does not count sockets of the same host as 'self'.
  const sockets = hostForm.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Serves the built pages: what has its content's hash in its name for ever, pages anew each time. Before they are
 * built there is nothing at their addresses.
 */
export function servePages(app: NestExpressApplication): void {
  const folder = builtPages();
  if (!folder) return;
  app.use('/assets', compression());
  app.useStaticAssets(join(folder, 'assets'), {
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
    // A worker is bound by the policy of its own file, not by that of its page.
    setHeaders: (response) => response.setHeader('Content-Security-Policy', pagePolicy('')),
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const page = pages.find(([address]) => address.test(request.path))?.[1];
    if (request.method !== 'GET' && request.method !== 'HEAD') next();
    else if (page) sendPage(request, response, join(folder, page));
    else if (fresh.includes(request.path.slice(1))) sendFresh(response, join(folder, request.path));
    else next();
  });
}

function sendPage(request: Request, response: Response, file: string): void {
  response.setHeader('Content-Security-Policy', pagePolicy(request.headers.host ?? ''));
  response.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
  sendFresh(response, file);
}

function sendFresh(response: Response, file: string): void {
  response.sendFile(file, { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
}

/** Where the build left them, from the sources as from `dist`. */
function builtPages(): string | undefined {
  const folders = ['../../web', '../../dist/web'].map((path) => resolve(import.meta.dirname, path));
  return folders.find((folder) => existsSync(join(folder, 'assets')));
}
