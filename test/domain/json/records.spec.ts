import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maxRowLength } from '../../../src/domain/csv/records.js';
import { JsonRecords, type JsonRecord } from '../../../src/domain/json/records.js';

const read = (...pieces: string[]): JsonRecord[] => {
  const records = new JsonRecords();
  return [...pieces.flatMap((piece) => records.push(piece)), ...records.end()];
};

describe('objects of a JSON file', () => {
  it.each([
    ['in an array', '[{"a":"1"}, {"a":"2"}]'],
    ['one a line', '{"a":"1"}\n{"a":"2"}\n'],
    ['behind a mark and blank lines', '\n\n {"a":"1"}\r\n\r\n{"a":"2"}'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual([
      { row: 1, value: { a: '1' } },
      { row: 2, value: { a: '2' } },
    ]);
  });

  it('are the same in any pieces, with braces and quotes in their texts', () => {
    const texts = fc.array(
      fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('}', '"{', '\\'))),
    );
    fc.assert(
      fc.property(texts, fc.boolean(), fc.integer({ min: 1, max: 9 }), (objects, isArray, size) => {
        const text = isArray ? JSON.stringify(objects) : objects.map((one) => JSON.stringify(one)).join('\n');
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const found = read(...pieces);
        expect(found.map((one) => ('value' in one ? JSON.stringify(one.value) : one))).toEqual(
          objects.map((one) => JSON.stringify(one)),
        );
      }),
    );
  });

  it.each([
    ['a closing quote', '{"a":"1}', { expected: 'a closing quote' }],
    ['an opening quote', '{"a":1"}', { expected: 'a closing quote' }],
    ['its closing brace', '{"a":"1"', { expected: 'a closing brace', got: 'another object' }],
    ['its closing brace behind a comma', '{"a":"1",', { expected: 'a closing brace', got: 'another object' }],
    ['its opening brace', '"a":"1"}', { expected: 'an opening brace' }],
    ['all its form', 'nothing of the kind', { expected: 'an opening brace' }],
  ])('that lost %s do not take those after them along', (_, line, broken) => {
    const more = '{"a":"2","b":{"c":[{},{}]}}\n{"a":"3"}\n';
    const rest = [
      { row: 2, value: { a: '2', b: { c: [{}, {}] } } },
      { row: 3, value: { a: '3' } },
    ];
    for (const text of [`${line}\n${more}`, `[\n${line}\r\n${more.replace('}\n', '},\n')}]`]) {
      const [first, ...others] = read(...text.match(/[^]{1,4}/g)!);
      expect(first).toMatchObject({ row: 1, broken });
      expect(others).toEqual(rest);
      expect(read(text).slice(1)).toEqual(rest);
    }
  });

  it('that go over lines and lost a quote are one reject, however many lines are left of them', () => {
    const text = '[\n{\n"a": "1,\n"b": "2"\n},\n{\n"a": "2"\n}\n]';
    expect(read(text)).toMatchObject([
      { row: 1, broken: {} },
      { row: 2, value: { a: '2' } },
    ]);
  });

  it('cost themselves alone when they are broken, cut off or far too long', () => {
    expect(read('{"a":1} {a} {"a":3} {"a":')).toMatchObject([
      { row: 1, value: { a: 1 } },
      { row: 2, broken: { expected: 'a JSON object' } },
      { row: 3, value: { a: 3 } },
      { row: 4, broken: { got: 'the end' } },
    ]);
    const long = `{"a":"${'x'.repeat(2 * maxRowLength)}"}`;
    const pieces = `${long}{"a":2}`.match(/[^]{1,1000}/g)!;
    expect(read(...pieces)).toMatchObject([
      { row: 1, broken: { got: 'a longer one' } },
      { row: 2, value: { a: 2 } },
    ]);
  });
});
