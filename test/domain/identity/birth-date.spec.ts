import { describe, expect, it } from '@jest/globals';
import { fullerBirthDate, isBirthDate, isBornBy, sameBirthDate } from '../../../src/domain/identity/birth-date.js';

describe('isBirthDate', () => {
  it.each([
    ['a whole date', '1987-01-18', true],
    ['a month', '1987-01', true],
    ['a year', '1987', true],
    ['the 29th of a leap year', '2000-02-29', true],
    ['the 29th of another year', '1999-02-29', false],
    ['a thirteenth month', '1987-13', false],
    ['a masked day', '1987-01-**', false],
    ['another order', '18/01/1987', false],
    ['a year before anybody alive', '1799', false],
    ['a date with a time', '1987-01-18T00:00', false],
    ['nothing', '', false],
  ])('%s', (_, text, is) => {
    expect(isBirthDate(text)).toBe(is);
  });
});

describe('somebody is born by the last evening of November 2026 in London, which is morning in Kiribati', () => {
  it.each([
    ['that day', '2026-11-30', true],
    ['the day that has begun in Kiribati', '2026-12-01', true],
    ['a day that has begun nowhere', '2026-12-02', false],
    ['that year', '2026', true],
    ['the next year', '2027', false],
    ['the month that has begun somewhere', '2026-12', true],
    ['a month ahead', '2027-01', false],
    ['long ago', '1920-01-01', true],
  ])('%s: %s, %s', (_, text, is) => {
    expect(isBornBy(text, Date.parse('2026-11-30T19:00:00Z'))).toBe(is);
  });
});

describe('two birth dates', () => {
  it.each([
    ['agree when they are equal', '1987-01-18', '1987-01-18', true, '1987-01-18'],
    ['agree in the year one of them has', '1987-01-18', '1987', true, '1987-01-18'],
    ['agree in the month one of them has', '1987-01', '1987-01-18', true, '1987-01-18'],
    ['disagree in the day', '1987-01-18', '1987-01-19', false, '1987-01-18'],
    ['disagree in the month', '1987-01', '1987-02-18', false, '1987-02-18'],
    ['disagree in the year', '1987', '1988', false, '1987'],
  ])('%s', (_, ...[a, b, same, fuller]) => {
    expect(sameBirthDate(a, b)).toBe(same);
    expect(sameBirthDate(b, a)).toBe(same);
    expect(fullerBirthDate(a, b)).toBe(fuller);
  });
});
