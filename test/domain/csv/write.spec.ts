import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvRecords } from '../../../src/domain/csv/records.js';
import { csvRow } from '../../../src/domain/csv/write.js';

it('a row that is written is the row that is read', () => {
  const rows = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }));
  fc.assert(
    fc.property(rows, (table) => {
      const records = new CsvRecords();
      const found = [...records.push(table.map(csvRow).join('')), ...records.end()];
      expect(found.map((one) => 'fields' in one && one.fields)).toEqual(table);
    }),
    { examples: [[[['', '"']]], [[['\uFEFFa', 'b']]]] },
  );
});
