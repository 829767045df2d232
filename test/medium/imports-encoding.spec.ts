import { describe, expect, it } from '@jest/globals';
import { textOf, UnknownEncoding } from '../../src/imports/encoding.js';

const names = 'Nguyễn Thị Hồng Nhung,Trần Đức Ứng,Phạm Quỳnh Như,Lưu Cẩm Tú';
const file = (rows: number) =>
  ['hoTen,ngaySinh', ...Array.from({ length: rows }, (_, at) => `${names.split(',')[at % 4]},1990`)].join('\n');

/** Windows-1258 as its editors wrote it: a letter with its shape, and the tone as a mark behind it. */
function windows1258(text: string): Buffer {
  const all = Array.from({ length: 256 }, (_, byte) => new TextDecoder('windows-1258').decode(Uint8Array.of(byte)));
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const bytes = [...text.normalize('NFC')].flatMap((letter) => {
    const marks = letter.normalize('NFD').match(tones) ?? [];
    const bare = letter.normalize('NFD').replace(tones, '').normalize('NFC');
    return [letter].every((one) => all.includes(one))
      ? [all.indexOf(letter)]
      : [bare, ...marks].map((one) => all.indexOf(one));
  });
  expect(bytes).not.toContain(-1);
  return Buffer.from(bytes);
}

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size: number): Promise<string> {
  let text = '';
  for await (const piece of textOf(inPieces(bytes, size))) text += piece;
  return text.normalize('NFC');
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the text of a file', () => {
  it.each<[string, (text: string) => Buffer]>([
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 LE without one', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16 BE with a mark', (text) => utf16be(`\uFEFF${text}`)],
    ['UTF-16 BE without one', utf16be],
    ['Windows-1258', windows1258],
  ])('is recognised as %s, in pieces of any size, short or long', async (_, encode) => {
    for (const rows of [1, 40, 6_000]) {
      for (const size of rows > 1_000 ? [65_536] : [1, 3, 4, 1_000]) {
        expect(await read(encode(file(rows)), size)).toBe(file(rows));
      }
    }
  });

  it('may be ASCII for long before it says what it is', async () => {
    const text = `${'a,b\n'.repeat(50_000)}${names}`;
    expect(await read(windows1258(text), 10_000)).toBe(text);
    expect(await read(Buffer.from(text), 10_000)).toBe(text);
  });

  it('in another encoding is refused by name', async () => {
    // TCVN3 (ABC): "Nguyễn Thị" in bytes that Windows-1258 reads as letters of other languages.
    const tcvn3 = Buffer.concat([
      Buffer.from('hoTen\nNguy'),
      Buffer.from([0xd4, 0xb5, 0xb8]),
      Buffer.from('n Th'),
      Buffer.from([0xde]),
    ]);
    await expect(read(tcvn3, 100)).rejects.toThrow(UnknownEncoding);
    await expect(read(Buffer.from([0x81, 0x8d, 0x90, 0x9d, 0xa7, 0xb5]), 100)).rejects.toThrow(
      /UTF-8, UTF-16 or Windows-1258/,
    );
  });

  it('that is damaged here and there stays UTF-8, so that only those rows are lost', async () => {
    const bytes = Buffer.concat([Buffer.from(file(20)), Buffer.from([0x0a, 0xc3, 0x28, 0x0a]), Buffer.from(names)]);
    expect((await read(bytes, 50)).split('\uFFFD')).toHaveLength(2);
  });
});
