import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvRecords, maxRowLength, type CsvRecord } from '../../../src/domain/csv/records.js';

function read(...pieces: string[]): CsvRecord[] {
  const records = new CsvRecords();
  return [...pieces.flatMap((piece) => records.push(piece)), ...records.end()];
}

/** The rows as short text: `line:field|field`, or `line!what was expected`. */
const told = (found: CsvRecord[]): string[] =>
  found.map((one) => ('fields' in one ? `${one.row}:${one.fields.join('|')}` : `${one.row}!${one.broken.expected}`));

const long = 'x'.repeat(maxRowLength + 1);

/** Whether a field is the beginning of a whole one; half a letter is read as a mark that both readers of files refuse. */
const startsLike = (whole: string, field: string): boolean => whole.startsWith(field.replace(/[\ufffd\r]+$/, ''));

const fieldsOf = (one: CsvRecord): string[] => ('fields' in one ? one.fields : []);

describe('the rows of a CSV text', () => {
  it.each([
    ['are its lines', 'a,b\n1,2\n', ['1:a|b', '2:1|2']],
    ['may end in CR LF', 'a,b\r\n1,2\r\n', ['1:a|b', '2:1|2']],
    ['include a last line without its end', 'a,b\n1,2', ['1:a|b', '2:1|2']],
    ['leave out empty lines, which keep their number', 'a\n\n\r\n1\n', ['1:a', '4:1']],
    ['may have empty fields', ',\n""\n', ['1:|', '2:']],
    ['hold commas and quotes within quotes', '"a,""b""",c\n', ['1:a,"b"|c']],
    ['hold line ends within quotes', '"a\r\nb",c\n1,2\n', ['1:a\r\nb|c', '3:1|2']],
    [
      'are broken by a quote inside a plain field, alone',
      'a"b",c\n1,2\n',
      ['1!quotes around the whole field', '2:1|2'],
    ],
    ['are broken by text behind a quote, alone', '"a"b\n1,2\n', ['1!a comma after a closing quote', '2:1|2']],
    ['are broken by a line that ends in CR alone', 'a,b\r1,2\r\n3,4\n', ['1!LF or CR LF', '2:3|4']],
    ['are broken by a CR beside a quote', '"a",b\rc\n1,2\n', ['1!LF or CR LF', '2:1|2']],
    ['are broken by an open quote, alone', 'a\n"b\n1,2\n3,4', ['1:a', '2!a closing quote', '3:1|2', '4:3|4']],
    ['are broken by two stray quotes, each alone', 'a"\n1,2\nb"\n3', ['1!', '2:1|2', '3!', '4:3']],
    ['are broken by too long a line, alone', `a\n${long}\nb`, ['1:a', '2!', '3:b']],
    ['are broken by too long a last line', `a\n${long}`, ['1:a', '2!']],
    ['do not exist in an empty text', '', []],
  ])('%s', (_, text, rows) => {
    const found = told(read(text));
    expect(found).toHaveLength(rows.length);
    for (const [at, row] of rows.entries()) expect(found[at]).toContain(row);
  });

  it('are the same however the text is cut into pieces', () => {
    const texts = fc.array(fc.constantFrom('a', ',', '"', '\n', '\r\n', '""', 'é'), { maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.nat(40), (parts, at) => {
        const text = parts.join('');
        expect(read(text.slice(0, at), text.slice(at))).toEqual(read(text));
      }),
    );
  });

  it('are those that were written', () => {
    const field = fc.string({ unit: 'grapheme', maxLength: 8 });
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 10 });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(rows, (table) => {
        const text = table.map((row) => row.map(quote).join(',')).join('\r\n');
        expect(read(text).map((one) => 'fields' in one && one.fields)).toEqual(table);
      }),
    );
  });

  it('are, wherever the file is cut off, those before the cut and then a beginning of the next one or its rejection', () => {
    const field = fc.constantFrom('', 'a', 'bc', 'Đỗ', 'a,b', 'x"y', '""');
    const rows = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 4 });
    const quote = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
        const bytes = Buffer.from(table.map((row) => row.map(quote).join(',') + end).join(''));
        for (let cut = 0; cut <= bytes.length; cut++) {
          const found = read(new TextDecoder().decode(bytes.subarray(0, cut)));
          const last = found.at(-1);
          if (!last) continue;
          expect(found.slice(0, -1).map(fieldsOf)).toEqual(table.slice(0, found.length - 1));
          const [whole, begun] = [table[found.length - 1]!, fieldsOf(last)];
          expect(whole.map((text, at) => startsLike(text, begun[at] ?? ''))).toEqual([true, true, true]);
          expect(begun.length).toBeLessThanOrEqual(whole.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are found in any text, at most one a line, without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const lines = read(text).map(({ row }) => row);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
      }),
    );
  });
});
