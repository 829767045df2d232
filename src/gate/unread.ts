import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { parseCode } from '../domain/codes/parse.js';
import type { Door } from './doors.js';

/** Characters that tell one strange code from another (assumption); of an ID number they are its place and year. */
const firstCharacters = 8;

/** The gate's log of codes that could not be read (SPEC 2.7): their first characters hashed, never the code. */
@Injectable()
export class Unread {
  constructor(
    private readonly vault: Vault,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  keep({ gate, venue }: Pick<Door, 'gate' | 'venue'>, code: string): void {
    const parsed = parseCode(code);
    const kind = parsed.kind === 'error' ? parsed.error : parsed.kind;
    const start = this.vault.hash(`code\0${code.slice(0, firstCharacters)}`, 8);
    this.log.info({ fact: 'code-not-read', gate, venue, kind, length: code.length, start });
  }
}
