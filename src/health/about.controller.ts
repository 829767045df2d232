import { Controller, Get, Inject } from '@nestjs/common';
import type { Env } from '../../config/env.js';
import { Public } from '../auth/roles.js';
import { ENV } from '../core.module.js';
import { Documented } from '../http/openapi.js';

/** What every page may know of an installation. */
export interface About {
  /** A demo says so on every page. */
  demo: boolean;
  retentionDays: number;
}

/** What the pages say about the installation they belong to. */
@Controller('about')
export class AboutController {
  constructor(@Inject(ENV) private readonly env: Env) {}

  @Public()
  @Get()
  @Documented({ summary: 'Whether this is a demo, and how long stays are kept' })
  about(): About {
    return { demo: this.env.DEMO, retentionDays: this.env.RETENTION_DAYS };
  }
}
