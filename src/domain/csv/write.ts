const special = /[",\r\n]/;

/** One row of a CSV file with its line end (RFC 4180): quotes only where a cell needs them. */
export const csvRow = (cells: readonly (string | number)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(cell: string | number): string {
  const text = String(cell);
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
