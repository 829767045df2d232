import { Controller, Get, Inject } from '@nestjs/common';
import type { Env } from '../../config/env.js';
import { SECRETS, type Secrets } from '../../config/secrets.js';
import { vapidKeys } from '../../config/vapid.js';
import { Public } from '../auth/roles.js';
import { ENV } from '../core.module.js';
import { Documented } from '../http/openapi.js';

/** What every page may know of an installation. */
export interface About {
  /** A demo says so on every page. */
  demo: boolean;
  retentionDays: number;
  /** By which browsers know whose Web Push messages are (VAPID): base64url. */
  pushKey: string;
}

/** What the pages say about the installation they belong to. */
@Controller('about')
export class AboutController {
  private readonly pushKey: string;

  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.pushKey = vapidKeys(secrets).publicKey;
  }

  @Public()
  @Get()
  @Documented({ summary: 'Whether this is a demo, and how long stays are kept' })
  about(): About {
    return { demo: this.env.DEMO, retentionDays: this.env.RETENTION_DAYS, pushKey: this.pushKey };
  }
}
