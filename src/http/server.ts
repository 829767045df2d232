import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from '../app.module.js';
import { LOG } from '../../config/log.js';
import { refuseBrokenBody, refuseDeepBody } from './body.js';
import { serveDocs } from './openapi.js';
import { servePages } from './pages.js';
import { ProblemFilter } from './problem.filter.js';
import { SocketsAdapter } from './sockets.adapter.js';

/** The largest JSON body; files are streamed and have no limit of this kind (assumption). */
const bodyLimit = '1mb';

/** Routes that stand outside `/api/v1`. */
const outside = ['health/live', 'health/ready', 'metrics'];

/** The API application with all its manners, not yet listening: main and the tests start the same one. */
export async function createApi(module: Type = AppModule): Promise<INestApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    logger: ['error', 'warn'],
  });
  app.useBodyParser('json', { limit: bodyLimit, strict: false });
  app.use(refuseBrokenBody, refuseDeepBody);
  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } }, hsts: false }));
  app.setGlobalPrefix('api/v1', { exclude: outside });
  app.useGlobalFilters(new ProblemFilter(app.get(LOG)));
  app.useWebSocketAdapter(new SocketsAdapter(app));
  serveDocs(app);
  servePages(app);
  return app;
}
