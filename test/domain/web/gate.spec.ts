import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Cards } from '../../../config/cards.js';
import { newId } from '../../../config/ids.js';
import { neutralAdmission, type Colour } from '../../../src/domain/admission.js';
import { Held } from '../../../web/gate/held.js';
import { Inside, type Passage } from '../../../web/gate/inside.js';
import { decideOffline, type Advisers } from '../../../web/gate/offline.js';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const jwk = (key: typeof publicKey) => key.export({ format: 'jwk' }) as Record<string, string>;
const text = (bytes: number) => randomBytes(bytes).toString('base64url');
const signature = { public: jwk(publicKey), private: jwk(privateKey) };
const cards = new Cards({ cards: [{ id: 1, tag: text(32), handle: text(32), signature }] } as never);

const now = Date.parse('2026-03-02T08:00:00Z');
const card = newId();
const codeOf = (colour: Colour | null, { ageMs = 0 } = {}) =>
  cards.issue({
    person: newId(),
    card,
    kind: 'rotating',
    issuedAt: now - ageMs,
    expiresAt: now - ageMs + 60_000,
    colour,
  });

const place = {
  admission: neutralAdmission.other,
  revoked: [] as string[],
  venue: { id: 'v', name: 'A place', kind: 'shop' },
};
const trusting: Advisers = { isSigned: async (own) => cards.isSigned(own), wayOf: () => 'in' };
const decide = (
  code: string,
  more: { direction?: 'in' | 'out' | 'auto'; by?: Partial<Advisers>; revoked?: string[] } = {},
) =>
  decideOffline(
    { code, direction: more.direction ?? 'in', scannedAt: now },
    { ...place, revoked: more.revoked ?? [] },
    { ...trusting, ...more.by },
  );

describe('a gate that is offline', () => {
  it.each([
    ['green comes in', 'green', { decision: 'allow', decided: 'allow', instruction: 'let-in' }],
    ['yellow is looked at', 'yellow', { decision: 'warn', decided: 'warn', instruction: 'check-temperature' }],
    ['red is turned away', 'red', { decision: 'deny', decided: 'deny', instruction: 'send-to-desk' }],
    [
      'grey is asked and let in, which is what is noted',
      'grey',
      { decision: 'unknown', decided: 'warn', instruction: 'ask-for-details' },
    ],
    ['a card without a colour is grey', null, { decision: 'unknown', decided: 'warn', instruction: 'ask-for-details' }],
  ] as const)('%s', async (_, colour, { decided, ...told }) => {
    const found = await decide(codeOf(colour));
    expect(found).toMatchObject({
      decided,
      answer: { ...told, colour: colour ?? 'grey', direction: 'in' },
    });
  });

  it.each([
    ['a text that is no code', () => decide('hello'), 'unknown-code'],
    ['the code of a place', () => decide('https://a.example/v/abcdefgh22'), 'unknown-code'],
    [
      'a card that nobody signed',
      () => decide(codeOf('green'), { by: { isSigned: async () => false } }),
      'unknown-code',
    ],
    ['a screenshot of yesterday', () => decide(codeOf('green', { ageMs: 86_400_000 })), 'expired-code'],
    ['a card that was revoked', () => decide(codeOf('green'), { revoked: [card] }), 'revoked-code'],
  ])('refuses %s', async (_, found, error) => {
    expect(await found()).toEqual({ error });
  });

  it('takes a card a minute over its end, as the desk does, and not longer', async () => {
    expect(await decide(codeOf('green', { ageMs: 119_000 }))).toMatchObject({ decided: 'allow' });
    expect(await decide(codeOf('green', { ageMs: 121_000 }))).toEqual({ error: 'expired-code' });
  });

  it('never keeps anybody from going out', async () => {
    expect(await decide(codeOf('red'), { direction: 'out' })).toMatchObject({
      answer: { decision: 'allow', direction: 'out' },
    });
  });

  it('sends out automatically whom it saw come in', async () => {
    const inside = await decide(codeOf('green'), {
      direction: 'auto',
      by: { wayOf: (id) => (id === card ? 'out' : 'in') },
    });
    expect(inside).toMatchObject({ answer: { direction: 'out' } });
    expect(await decide(codeOf('green'), { direction: 'auto' })).toMatchObject({ answer: { direction: 'in' } });
  });
});

describe('automatic at a gate that is offline', () => {
  const code = codeOf('green');
  const at = (minutes: number, more: Partial<Passage> = {}): Passage => ({
    direction: 'auto',
    scannedAt: now + minutes * 60_000,
    ...more,
  });
  const after = (...seen: [Passage, 'in' | 'out'][]) => {
    const inside = new Inside();
    for (const [passage, went] of seen) inside.saw({ ...passage, code }, went);
    return (passage: Passage) => inside.wayOf(card, passage);
  };

  it.each<[string, [Passage, 'in' | 'out'][], Passage, 'in' | 'out']>([
    ['lets in whom it has not seen', [], at(0), 'in'],
    ['lets out whoever came in a while ago', [[at(0), 'in']], at(5), 'out'],
    ['says the same again to whoever shows the card again', [[at(0), 'in']], at(4.9), 'in'],
    ['says the same again to whoever is just leaving', [[at(0), 'out']], at(1), 'out'],
    ['lets out at once whom the switch let in', [[at(0, { direction: 'in' }), 'in']], at(1), 'out'],
    ['lets in again whoever went out', [[at(0), 'in'], [at(9), 'out']], at(20), 'in'], // prettier-ignore
    ['lets in whoever walks into another zone', [[at(0, { zone: 'a' }), 'in']], at(9, { zone: 'b' }), 'in'],
  ])('%s', (_, seen, passage, way) => expect(after(...seen)(passage)).toBe(way));
});

describe('a code before the camera', () => {
  it('counts once however long it is held, and again when it was away for more than three seconds', () => {
    const held = new Held();
    const frames = Array.from({ length: 600 }, (_, at) => held.isNew('a', at * 100));
    expect(frames.filter(Boolean)).toHaveLength(1);
    expect(held.isNew('a', 60_000 + 2_900)).toBe(false);
    expect(held.isNew('a', 60_000 + 6_000)).toBe(true);
  });

  it('is told apart from others in the same frame', () => {
    const held = new Held();
    expect(['a', 'b', 'a', 'b', 'c'].map((code) => held.isNew(code, 0))).toEqual([true, true, false, false, true]);
  });
});
