import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldName, sameName } from '../../../src/domain/identity/names.js';

describe('foldName', () => {
  it.each([
    ['diacritics and case fall away', 'Nguyễn Văn Ánh', ['nguyen', 'van', 'anh']],
    ['Đ is D', 'Đặng ĐÌNH đức', ['dang', 'dinh', 'duc']],
    ['letters split from their accents are the same letters', 'Nguyễn'.normalize('NFD'), ['nguyen']],
    ['the order of words stays', 'An Van Nguyen', ['an', 'van', 'nguyen']],
    ['spaces of any kind and number part words', '  Lê \t Thị\u00a0 Hồng ', ['le', 'thi', 'hong']],
    ['punctuation parts words', "O'Brien-Smith, J.", ['o', 'brien', 'smith', 'j']],
    ['ß is ss', 'Weiß', ['weiss']],
    ['vowel signs of other scripts are no accents', 'नि', ['नि']],
    ['a name without a letter has no words', ' .-* ', []],
  ])('%s', (_, name, words) => {
    expect(foldName(name)).toEqual(words);
  });

  it('folding what is folded changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(foldName(foldName(name).join(' '))).toEqual(foldName(name));
      }),
    );
  });
});

describe('sameName', () => {
  it.each([
    ['the same name without its accents', 'NGUYEN VAN A', 'Nguyễn Văn A', true],
    ['another order of words', 'Nguyễn Văn A', 'Văn A Nguyễn', false],
    ['a missing word', 'Nguyễn Văn A', 'Nguyễn A', false],
    ['words written together', 'Nguyen VanA', 'Nguyen Van A', false],
  ])('%s', (_, a, b, same) => {
    expect(sameName(a, b)).toBe(same);
  });
});
