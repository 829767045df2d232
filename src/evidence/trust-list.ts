import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { readTrustList } from '../../config/trust-list.js';
import { ENV } from '../core.module.js';
import type { SignersOf } from '../domain/codes/certificate/check.js';

/** Where the list lies when nothing is set. */
const usualName = 'dcc-trust-list.json';

/**
 * Whose certificates are believed: `DCC_TRUST_LIST`, or `dcc-trust-list.json` in the data folder. The file may be
 * replaced at any time: it is read again when it has changed, and one that is damaged leaves the old list in force.
 */
@Injectable()
export class TrustList {
  private readonly file: string;
  private stamp = '';
  private signers: SignersOf | undefined;

  constructor(
    @Inject(ENV) env: Pick<Env, 'DCC_TRUST_LIST' | 'DATA_DIR'>,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.file = env.DCC_TRUST_LIST ?? join(env.DATA_DIR, usualName);
  }

  /** The signers as the file tells them now; undefined while there has never been a list. */
  now(): SignersOf | undefined {
    const found = statSync(this.file, { throwIfNoEntry: false });
    const stamp = found ? `${found.mtimeMs} ${found.size} ${found.ino}` : '';
    if (stamp !== this.stamp) this.read(stamp);
    return this.signers;
  }

  private read(stamp: string): void {
    this.stamp = stamp;
    if (stamp === '') return;
    try {
      this.signers = readTrustList(readFileSync(this.file, 'utf8'));
      this.log.info({ fact: 'trust-list-read', file: this.file });
    } catch (error) {
      this.log.warn({ fact: 'trust-list-unusable', file: this.file, reason: (error as Error).message });
    }
  }
}
