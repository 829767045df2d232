import { createReadStream } from 'node:fs';
import { CsvRecords, type CsvRecord } from '../src/domain/csv/records.js';

/** The rows of a file, a part at a time: memory does not grow with the file. */
export async function* rowsOf(path: string): AsyncGenerator<CsvRecord[]> {
  const records = new CsvRecords();
  const decoder = new TextDecoder();
  for await (const bytes of createReadStream(path)) {
    yield records.push(decoder.decode(bytes as Buffer, { stream: true }));
  }
  yield [...records.push(decoder.decode()), ...records.end()];
}
