import { describe, expect, it } from '@jest/globals';
import { whose } from '../../../web/shared/whose.js';

const token = (claims: object, signature: string): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;

describe('a session', () => {
  it('belongs to the same person with another token', () => {
    const [first, second] = [token({ sub: 'an>>>???', iat: 1 }, 'a'), token({ sub: 'an>>>???', iat: 2 }, 'b')];
    expect(whose({ token: first })).toBe('an>>>???');
    expect(whose({ token: second })).toBe(whose({ token: first }));
  });

  it.each([
    ['nothing of a token', 'over'],
    ['claims that are none', 'a.%.c'],
    ['claims without a subject', token({ iat: 1 }, 'a')],
  ])('with %s belongs to nobody else', (_, text) => {
    expect(whose({ token: text })).toBe(text);
  });
});
