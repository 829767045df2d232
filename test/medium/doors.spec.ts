import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Module, type INestApplication, type Type } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { AppModule } from '../../src/app.module.js';
import type { Role } from '../../src/auth/caller.js';
import { namespaceRoles } from '../../src/auth/handshake.js';
import { Tokens } from '../../src/auth/tokens.js';
import { createApi } from '../../src/http/server.js';
import { connect } from '../sockets.js';
import { answerTo, nested, routesWithBody } from './bodies.js';
import { CitizenGateway } from '../../src/citizen/citizen.gateway.js';

/** Routes that ask for no token, all of them. */
const publicRoutes = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /api/v1/about',
  'GET /api/v1/posters/:code',
  'POST /api/v1/pairings',
  'POST /api/v1/demo/visits',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/otp',
  'POST /api/v1/auth/otp/verify',
];

const allRoles: Role[] = ['gate', 'owner', 'citizen', 'checkpoint', 'tracer', 'head', 'admin', 'auditor'];

/** A route that somebody forgot to guard. */
@Controller('forgotten')
class ForgottenController {
  @Get()
  all(): string {
    return 'everything';
  }
}

@Module({ imports: [AppModule], controllers: [ForgottenController] })
class CarelessModule {}

let house: House;
beforeAll(async () => {
  process.env['DATA_DIR'] = mkdtempSync(join(tmpdir(), 'vetxanh-doors-'));
  process.env['LOG_LEVEL'] ??= 'silent';
  house = await open(AppModule);
});
afterAll(() => house.app.close());

interface House {
  app: INestApplication;
  url: string;
  routes: string[];
}

async function open(module: Type): Promise<House> {
  const app = await createApi(module);
  const server = (await app.listen(0, '127.0.0.1')) as { address: () => AddressInfo };
  return { app, url: `http://127.0.0.1:${server.address().port}`, routes: routesOf(app) };
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route as the HTTP server itself knows it; what answers to all methods is the router's own, `/docs` no data. */
function routesOf(app: INestApplication): string[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) => {
    const methods = Object.keys(route?.methods ?? {});
    if (!route || methods.length !== 1 || /\/docs|openapi\.json/.test(route.path)) return [];
    return [`${methods[0]!.toUpperCase()} ${route.path}`];
  });
}

const tokenOf = (roles: Role[], seconds = 600, { app } = house): Promise<string> =>
  app.get(Tokens).sign({ id: 'test-doors', kind: 'operator', roles, person: 'nobody' }, seconds);

/** Asks every route something that it cannot take; resolves to those that answer otherwise than `expected`. */
async function answering(expected: (status: number) => boolean, token: string, { url, routes } = house) {
  const wrong: string[] = [];
  for (const route of routes.filter((one) => !publicRoutes.includes(one))) {
    const [method = '', path = ''] = route.split(' ');
    const response = await fetch(url + path.replace(/:\w+/g, 'no-such-thing'), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: '{"no such field": true}' }),
    });
    const type = response.headers.get('content-type') ?? '';
    await response.body?.cancel();
    const isProblem = response.status < 400 || type.startsWith('application/problem+json');
    if (!expected(response.status) || !isProblem) wrong.push(`${route}: ${response.status} ${type}`);
  }
  return wrong;
}

describe('every route', () => {
  it('is there, and the public ones are these', () => {
    expect(house.routes.length).toBeGreaterThan(30);
    expect(publicRoutes.filter((route) => !house.routes.includes(route))).toEqual([]);
  });

  it.each(['', 'garbage', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])(
    'but the public ones refuses the token "%s" with 401',
    async (token) => {
      expect(await answering((status) => status === 401, token)).toEqual([]);
    },
  );

  it('refuses a token that has ended', async () => {
    const token = await tokenOf(allRoles, -10);
    expect(await answering((status) => status === 401, token)).toEqual([]);
  });

  it('refuses a caller without a role with 403', async () => {
    expect(await answering((status) => status === 403, await tokenOf([]))).toEqual([]);
  });

  it('has a role: somebody who has them all is let in everywhere, and no nonsense ends in a fault of the server', async () => {
    const isLetIn = (status: number) => status !== 401 && status !== 403 && status < 500;
    expect(await answering(isLetIn, await tokenOf(allRoles))).toEqual([]);
  });

  it('that somebody forgot to give a role is open to nobody, and this file finds it', async () => {
    const careless = await open(CarelessModule);
    try {
      const found = await answering((status) => status !== 403, await tokenOf(allRoles, 600, careless), careless);
      expect(found.map((one) => one.split(':')[0])).toEqual(['GET /api/v1/forgotten']);
    } finally {
      await careless.app.close();
    }
  });

  it('is described in the OpenAPI document', async () => {
    const { paths } = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { summary?: string }>>;
    };
    const missing = house.routes.filter((route) => {
      const [method = '', path = ''] = route.split(' ');
      return !paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.summary;
    });
    expect(missing).toEqual([]);
  });
});

describe('a body', () => {
  it.each([
    ['null', () => 'null'],
    ['an empty list', () => '[]'],
    ['a text', () => '"anything"'],
    ['lists in each other without end', () => nested(20_000)],
    [
      'lists in each other in every field',
      (fields: string[]) => `{${['x', ...fields].map((field) => `${JSON.stringify(field)}:${nested(90)}`).join()}}`,
    ],
    ['no JSON', () => '{"name": '],
    ['JSON and then something else', () => '{} and more'],
  ])('that is %s is bad input on every route that takes one, and the answer says where', async (what, bodyFor) => {
    const [routes, token] = [await routesWithBody(house), await tokenOf(allRoles)];
    const isEndless = what.endsWith('without end');
    const wrong: string[] = [];
    for (const { route, fields } of routes) {
      const answer = await answerTo(route, { url: house.url, body: bodyFor(fields), token, once: isEndless });
      if (!/^422 .*: ./.test(answer)) wrong.push(`${route}: ${answer.slice(0, 200)}`);
    }
    expect(routes.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });
});

/** What a socket hears when it connects: `connected`, or why it was refused. */
function knock(namespace: string, token: unknown): Promise<string> {
  const socket = io(house.url + namespace, { transports: ['websocket'], auth: { token }, forceNew: true });
  return new Promise<string>((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(error.data?.code ?? error.message),
    );
  }).finally(() => socket.disconnect());
}

describe('every namespace', () => {
  const namespaces = Object.keys(namespaceRoles);

  it('is one of those that have roles', () => {
    const { server } = house.app.get(CitizenGateway)['citizens'] as unknown as { server: Server };
    expect([...server._nsps.keys()].filter((name) => name !== '/').sort()).toEqual(namespaces.toSorted());
  });

  it.each(['/', ...namespaces])(
    '%s refuses who has no token, a false one, or one that has ended',
    async (namespace) => {
      for (const token of [undefined, '', 'garbage', 42, { toString: 'x' }, await tokenOf(allRoles, -10)]) {
        expect(await knock(namespace, token)).toBe('unauthorized');
      }
    },
  );

  it.each(namespaces)('%s refuses who has no role for it', async (namespace) => {
    const others = allRoles.filter((role) => !namespaceRoles[namespace]!.includes(role));
    expect(await knock(namespace, await tokenOf(others))).toBe('forbidden');
  });

  it('that is not there is refused', async () => {
    expect(await knock('/nowhere', await tokenOf(allRoles))).toBe('Invalid namespace');
  });
});

describe('a screen that sends any JSON at all', () => {
  it.each([
    ['/citizen', 'resume', 'citizen' as const, { version: 0 }],
    ['/officer', 'watch', 'tracer' as const, {}],
  ])('to %s is answered, and heard afterwards', async (namespace, request, role, good) => {
    const socket = await connect(house.url, namespace, await tokenOf([role]));
    const ask = async (event: string, body: unknown) =>
      (await socket.timeout(8_000).emitWithAck(event, body)) as { ok: boolean; error?: string };
    const before = await ask(request, good);
    const event = fc.constantFrom(request, 'scan', 'toString', '__proto__', 'anything');
    await fc.assert(
      fc.asyncProperty(event, fc.jsonValue(), async (name, body) => {
        const isGood = namespace === '/officer' && name === request && ['null', '{}'].includes(JSON.stringify(body));
        if (!isGood) expect(await ask(name, body)).toMatchObject({ ok: false, error: 'bad-request' });
      }),
      { numRuns: 100 },
    );
    expect(socket.connected).toBe(true);
    expect((await ask(request, good)).error).toBe(before.error);
    socket.disconnect();
  });
});
