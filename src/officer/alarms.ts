import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../../config/redis.js';
import type { AuditAlarm } from '../events.js';
import type { AlarmNews } from '../streams.js';
import { byCheck, readAuditState } from '../worker-state.js';

/** Whether the audits of all day have found something that is not mended yet. */
@Injectable()
export class Alarms {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Null while nothing differs. */
  async standing(): Promise<AuditAlarm | null> {
    const state = await readAuditState(this.redis);
    const { at, since, open } = state;
    return at === null || since === null
      ? null
      : showAlarm({ differences: open.length, checks: byCheck(state), since, at });
  }
}

const iso = (ms: number) => new Date(ms).toISOString();

export const showAlarm = ({ differences, checks, since, at }: Omit<AlarmNews, 'push'>): AuditAlarm => {
  return { differences, checks, since: since === null ? null : iso(since), at: iso(at) };
};
