import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Cards } from '../../../config/cards.js';
import { newId } from '../../../config/ids.js';
import { askFor, askForCode } from '../../../web/officer/search-words.js';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const jwk = (key: typeof publicKey) => key.export({ format: 'jwk' }) as Record<string, string>;
const text = (bytes: number) => randomBytes(bytes).toString('base64url');
const signature = { public: jwk(publicKey), private: jwk(privateKey) };
const cards = new Cards({ cards: [{ id: 1, tag: text(32), handle: text(32), signature }] } as never);
const card = cards.issue({ person: newId(), card: newId(), kind: 'printed', issuedAt: 0, expiresAt: 60_000 });

/** The example of SPEC section 2. */
const chipCard = '012345678912|123456789|Nguyễn Văn A|01011990|Nam|123 Đường Số 1, Phường 2|01012022';

describe('a search', () => {
  it.each([
    ['the number of an ID card', ' 079 190 000 123 ', { identifier: 'cccd:079190000123' }],
    ['a phone number', '0912 345 678', { identifier: 'phone:+84912345678' }],
    ['an old ID card', '024 123 456', { identifier: 'cmnd:024123456' }],
    ['an id of a file', 'import:A-17', { identifier: 'import:A-17' }],
    ['words of a name', 'nguyen van an', { name: 'nguyen van an' }],
    ['a card that a hand scanner types', card, { identifier: card }],
    ['the code of an ID card', chipCard, { identifier: 'cccd:012345678912' }],
  ])('takes %s for what it is', (_, typed, asked) => {
    expect(Object.fromEntries(new URLSearchParams(askFor(typed)))).toEqual(asked);
  });

  it.each([
    ['the poster of a place', 'https://a.example/v/abcdefgh22'],
    ['words', 'nguyen van an'],
  ])('knows that %s names nobody', (_, seen) => expect(askForCode(seen)).toBeUndefined());
});
