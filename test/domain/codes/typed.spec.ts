import { describe, expect, it } from '@jest/globals';
import { parseCode } from '../../../src/domain/codes/parse.js';

/** What hardware readers, which are keyboards to a computer, make of a code on its way. */
const chip = '001093029317||Nguyễn Văn A|18011993|Nam|Số 1, Phường 2|01012022';
const plain = '001093029317|NGUYEN VAN AY|1993-01-18|0|162979388586171100|<1<00<0123232422';
const venue = 'https://trail.example/v/abcd2345ef';

const german = (text: string) => typed(text, { '|': "'", '-': 'ß', '<': ';', y: 'z', z: 'y', Y: 'Z', Z: 'Y' });
const french = (text: string) =>
  typed(text, { ...row("1234567890-", '&é"\'(-è_çà)'), '|': 'µ', '<': '.', a: 'q', q: 'a', A: 'Q', Q: 'A', w: 'z', W: 'Z' }); // prettier-ignore
const vietnamese = (text: string) => typed(text, row('1234567890', 'ăâêô\u0300\u0309\u0303\u0301\u0323đ'));

function typed(text: string, keys: Record<string, string>): string {
  return [...text].map((key) => keys[key] ?? key).join('');
}
const row = (from: string, to: string) => Object.fromEntries([...from].map((key, at) => [key, [...to][at]!]));

/** UTF-8 that was taken for Windows-1252. */
const mangled = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

describe('a code that was typed', () => {
  it.each([
    ['Enter at the end', `${chip}\r\n`],
    ['a byte-order mark in front', `\ufeff${chip}`],
    ['accents apart from their letters (NFD)', chip.normalize('NFD')],
    ['a zero-width space within', `${chip.slice(0, 5)}\u200b${chip.slice(5)}`],
    ['start and end marks of a reader', `\x02${chip}\x03`],
    ['UTF-8 read as Windows-1252', mangled(chip)],
    ['wide digits of an input method', chip.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))],
  ])('with %s is the same card', (_what, text) => {
    expect(parseCode(text)).toMatchObject({
      kind: 'chip-card',
      person: { name: 'Nguyễn Văn A', gender: 'male', identifiers: [{ system: 'cccd', value: '001093029317' }] },
    });
  }); // prettier-ignore

  it('without accents is the same person', () => {
    const bare = chip.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
    expect(parseCode(bare)).toMatchObject({ kind: 'chip-card', person: { name: 'Nguyen Van A' } });
  });

  it.each([
    ['German', german(plain)],
    ['French', french(plain)],
    ['Vietnamese', vietnamese(plain)],
    ['Vietnamese, composed (NFC)', vietnamese(plain).normalize('NFC')],
  ])('on a %s keyboard is read back from its keys, and flagged', (_keyboard, text) => {
    expect(text).not.toBe(plain);
    expect(parseCode(text)).toMatchObject({
      kind: 'personal-qr',
      flags: ['retyped'],
      person: { name: 'NGUYEN VAN AY', birthDate: '1993-01-18', phone: '+84123232422' },
    });
  });

  it('with caps lock on is the same place', () => {
    expect(parseCode(venue.toUpperCase())).toMatchObject({ kind: 'venue-code', code: 'abcd2345ef' });
  });

  it('with caps lock on is a certificate all the same', () => {
    expect(parseCode('hc1:ncfoxn')).toEqual({ kind: 'certificate', text: 'HC1:NCFOXN' });
  });

  it('through Telex or VNI, which swallow letters for good, says so', () => {
    expect(parseCode('VX1.AâsDé')).toEqual({ kind: 'error', error: 'input-method' });
  });

  it('is not taken for another code than it is: plain text stays unknown', () => {
    expect(parseCode('xin chào các bạn')).toEqual({ kind: 'error', error: 'unknown-code' });
  });
});

describe('a text like a certificate', () => {
  const body = '6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGWJC0FDC:5AIA%G7X+AQB9746HS80:54IBQF60R6$A80X6S1BTYACG6M+9XG8KIAWNA91AY%67092L4WJCT3EHS8XJC$+DXJCCWENF6OF63W5NW6WF6%JC QE/IAYJC5LEW34U3ET7DXC9';
  it.each([
    ['with the prefix of another version', `HC2:${body}`],
    ['with the prefix of something else', `HL0:${body}`],
    ['without its prefix', body],
  ])('%s says that its prefix is wrong', (_what, text) => {
    expect(parseCode(text)).toEqual({ kind: 'error', error: 'wrong-prefix' });
  });
}); // prettier-ignore

describe('the screen of a venue', () => {
  it('shows a code that changes: its span of time and its proof', () => {
    expect(parseCode(`${venue}/1abc-AAAAAAAAAA_`)).toEqual({
      kind: 'venue-code',
      code: 'abcd2345ef',
      rotating: { span: parseInt('1abc', 36), proof: 'AAAAAAAAAA_' },
    });
  });

  it('with a proof cut short is unknown', () => {
    expect(parseCode(`${venue}/1abc-AAAA`)).toEqual({ kind: 'error', error: 'unknown-code' });
  });
});
