import { describe, expect, it } from '@jest/globals';
import { loadPolicyFiles } from '../../../config/policy.js';
import { policy } from '../../../src/domain/policy/policy.js';
import { isAssumed, sourceIn } from '../../../src/domain/policy/source.js';
import { withoutSource } from '../../../src/domain/policy/sources.js';

const files = loadPolicyFiles();

describe('the policies that ship', () => {
  it.each(files.map(({ policy }) => [`${policy.id} ${policy.version}`, policy] as const))(
    '%s tells its sources in Vietnamese as in English',
    (_, { sources }) => {
      for (const source of Object.values(sources)) {
        const [vi, en] = [sourceIn(source, 'vi'), sourceIn(source, 'en')];
        expect(vi).not.toMatch(/assumption|section|\bthe\b/);
        expect(vi.match(/giả định/g)?.length).toBe(en.match(/assumption/g)?.length);
        expect(vi.match(/SPEC mục \d+/g)?.length).toBe(en.match(/SPEC section \d+/g)?.length);
      }
    },
  );
});

describe('a source', () => {
  const withSource = (source: unknown) => ({ ...rules, sources: { contact: source } });
  const rules = JSON.parse(files[0]!.text) as object;

  it.each([
    ['in one language, told to everybody as it stands', 'Decision 1', ['Decision 1', 'Decision 1'], false],
    ['in both', { vi: 'Quyết định 1', en: 'Decision 1' }, ['Quyết định 1', 'Decision 1'], false],
    ['that is none', { vi: 'giả định', en: 'assumption' }, ['giả định', 'assumption'], true],
  ] as const)('is taken %s', (_, given, texts, assumed) => {
    const { contact } = policy.parse(withSource(given)).sources;
    expect(['vi', 'en'].map((language) => sourceIn(contact!, language))).toEqual(texts);
    expect(isAssumed(contact!)).toBe(assumed);
  });

  it.each(['', { vi: 'Quyết định 1' }, { vi: '', en: 'Decision 1' }])('%j is refused', (given) => {
    expect(policy.safeParse(withSource(given)).success).toBe(false);
  });

  it.each([
    ['names both', { vi: 'Quyết định 1', en: 'Decision 1' }, false],
    ['leaves one language out with a mark', { vi: ' ?', en: 'Decision 1' }, true],
  ])('that %s is one of a number, or none', (_, given, isMissing) => {
    const missing = withoutSource({ ...policy.parse(rules), ...withSource(given) });
    expect(missing.includes('contact.minMinutes')).toBe(isMissing);
  });
});
