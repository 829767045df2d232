import writeExcelFile from 'write-excel-file/universal';

/** A spreadsheet of one sheet; texts stay texts, so that a phone number keeps its zero. */
export const writeSheet = (rows: (string | number)[][]): Promise<Blob> =>
  writeExcelFile(rows.map((row) => row.map((value) => ({ value })))).toBlob();
