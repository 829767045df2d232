import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { parseCode } from '../domain/codes/parse.js';
import { GateLog } from '../doubts/gate-log.js';
import type { Unfit } from './codes.js';
import type { Door } from './doors.js';

/** Characters that tell one strange code from another (assumption); of an ID number they are its place and year. */
const firstCharacters = 8;

type At = Pick<Door, 'gate' | 'venue' | 'unit'>;

/** Notes what a gate was refused: codes that could not be read, or that nobody should show any more (SPEC 2.7). */
@Injectable()
export class Refused {
  constructor(
    private readonly vault: Vault,
    private readonly gateLog: GateLog,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  code(door: At, code: string, { error, person, isPrinted }: Unfit): void {
    if (error === 'unknown-code') this.unread(door, code);
    else if (error === 'revoked-code')
      this.gateLog.note({ ...at(door), kind: 'revoked-card', ...(person && { person }) });
    // A printed card that ran out was never exchanged; one that changes every minute was photographed, or its phone slept.
    else if (!isPrinted) this.gateLog.note({ ...at(door), kind: 'old-code', ...(person && { person }) });
  }

  /** A scan that lies in the future: no more is known of it. */
  clock(door: At): void {
    this.gateLog.note({ ...at(door), kind: 'wrong-clock' });
  }

  /** Its first characters hashed, never the code. */
  private unread(door: At, text: string): void {
    const parsed = parseCode(text);
    const kind = parsed.kind === 'error' ? parsed.error : parsed.kind;
    const start = this.vault.hash(`code\0${text.slice(0, firstCharacters)}`, 8);
    const code = { kind, length: text.length, start };
    this.gateLog.note({ ...at(door), kind: 'unread', code });
    this.log.info({ fact: 'code-not-read', ...at(door), ...code });
  }
}

const at = ({ gate, venue, unit }: At): At => ({ gate, venue, unit });
