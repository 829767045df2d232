import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadSecrets } from '../../../config/secrets.js';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cards } from '../../../config/cards.js';
import { newId } from '../../../config/ids.js';
import type { OwnCard } from '../../../src/domain/codes/own-card.js';
import { parseCode } from '../../../src/domain/codes/parse.js';

const secretsOf = (name: string) => loadSecrets(mkdtempSync(join(tmpdir(), `vetxanh-${name}-`)));
const cards = new Cards(secretsOf('cards'));
const person = newId();
const newCard = {
  person,
  card: newId(),
  kind: 'rotating' as const,
  issuedAt: 1_760_000_000_000,
  expiresAt: 1_760_000_060_000,
};
const text = cards.issue(newCard);
const own = (code: string): OwnCard => {
  const parsed = parseCode(code);
  if (parsed.kind !== 'own-card') throw new Error(`not a card: ${parsed.kind}`);
  return parsed;
};

describe('an own card', () => {
  it('says who it is of, when it was issued and when it ends', () => {
    const { cardId, cardKind, issuedAt, expiresAt, colour } = own(text);
    expect({ cardId, cardKind, issuedAt, expiresAt, colour, person: cards.personOf(own(text)) }).toEqual({
      cardId: newCard.card,
      cardKind: 'rotating',
      issuedAt: newCard.issuedAt,
      expiresAt: newCard.expiresAt,
      colour: null,
      person,
    });
  });

  it('carries the colour for gates that are offline', () => {
    const coloured = cards.issue({ ...newCard, colour: 'red' });
    expect(own(coloured).colour).toBe('red');
  });

  it('fits a QR code that a cheap camera reads', () => expect(text.length).toBeLessThan(200));

  it('is signed for gates that are offline', () => expect(cards.isSigned(own(text))).toBe(true));

  it('has nothing in common with another card of the same person but its frame', () => {
    const other = own(cards.issue({ ...newCard, card: newId() }));
    expect(Buffer.from(other.handle).equals(Buffer.from(own(text).handle))).toBe(false);
    expect(cards.personOf(other)).toBe(person);
  });

  it('is read with white space around it, as hardware readers send it', () => {
    expect(own(` ${text}\r\n`).cardId).toBe(newCard.card);
  });

  it('of another installation stands for nobody here', () => {
    const foreign = own(new Cards(secretsOf('other')).issue(newCard));
    expect(cards.personOf(foreign)).toBeUndefined();
    expect(cards.isSigned(foreign)).toBe(false);
  });

  it('with any one character changed stands for nobody', () => {
    const [, payload = '', tag = ''] = text.split('.');
    const length = payload.length + tag.length + 1;
    for (let at = 4; at < 4 + length; at++) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      const parsed = parseCode(changed);
      const person = parsed.kind === 'own-card' ? cards.personOf(parsed) : undefined;
      const sameTag = parsed.kind === 'own-card' && Buffer.from(parsed.tag).equals(Buffer.from(own(text).tag));
      expect(person === undefined || (sameTag && parsed.signed === own(text).signed)).toBe(true);
    }
  });

  it.each([
    ['nothing after the version', 'VX1.'],
    ['too few parts', text.split('.').slice(0, 3).join('.')],
    ['too many parts', `${text}.AAAA`],
    ['a payload cut short', text.replace(/\.(.{20}).*?\./, '.$1.')],
    ['letters that are not base64url', text.replace('.', '.*')],
    ['a key number of zero', `VX1.AA${text.slice(6)}`],
  ])('with %s is damaged', (_what, code) => {
    expect(parseCode(code)).toEqual({ kind: 'error', error: 'damaged-card' });
  });
});

describe('a code of a place', () => {
  it.each([
    ['https://trail.example/v/abcd2345ef', 'abcd2345ef'],
    ['HTTP://10.0.0.1:8080/v/ABCD', 'abcd'],
  ])('%s is the venue %s', (code, venue) => {
    expect(parseCode(code)).toEqual({ kind: 'venue-code', code: venue });
  });

  it.each(['https://trail.example/v/', 'https://trail.example/x/abcd', 'ftp://trail.example/v/abcd', '/v/abcd'])(
    '%s is unknown',
    (code) => expect(parseCode(code)).toEqual({ kind: 'error', error: 'unknown-code' }),
  );
});

/** Milliseconds the parser itself takes: the least of a few goes, for the machine may be busy with others. */
function tookMs(code: string): number {
  const goes = Array.from({ length: 5 }, () => {
    const from = performance.now();
    parseCode(code);
    return performance.now() - from;
  });
  return Math.min(...goes);
}

describe('any text', () => {
  it('gets an answer and never an exception', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.string().map((tail) => `VX1.${tail}`),
    );
    fc.assert(
      fc.property(texts, (code) => {
        expect(['own-card', 'venue-code', 'error']).toContain(parseCode(code).kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a megabyte is unknown within 5 ms', () => {
    const long = 'https://'.repeat(131_072);
    expect(parseCode(long).kind).toBe('error');
    expect(tookMs(long)).toBeLessThan(5);
  });

  it.each(['VX1.', 'https://a/v/', '|', ' '])(
    'of the longest that is read, all of it %j, takes less than 5 ms',
    (start) => {
      expect(tookMs(start.repeat(8_000).slice(0, 8_000))).toBeLessThan(5);
    },
  );
});
