import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csvRow } from '../../src/domain/csv/write.js';
import { download } from '../shared/download.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { shortId } from './board-page.js';
import type { CaseRecord, Contact, Known } from './case.js';
import { showBirth } from './person-search.js';

interface Props {
  record: CaseRecord;
  contacts: Contact[];
  known: Known;
  placeOf: (id: string) => string;
}

/** A name that a spreadsheet would take for a formula stays a text. */
const plain = (text: string): string => (/^[=@+\t\r-]/.test(text) ? `'${text}` : text);

const header = [
  'level',
  'person',
  'birthDate',
  'phone',
  'dose',
  'minutes',
  'exposedAt',
  'lastAt',
  'venue',
  'colour',
] as const;

/** The contacts that are shown as a file; everybody in it is read, and that is recorded. */
export function ExportButtons({ record, contacts, known, placeOf }: Props) {
  const { t } = useTranslation(['officer', 'shared']);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const name = `vetxanh-${shortId(record.id)}`;
  const rowsOf = async (): Promise<(string | number)[][]> => {
    const faces = await known.readOf(contacts.map(({ person }) => person));
    return contacts.map((one) => {
      const { person, colour } = faces.get(one.person)!;
      return [
        one.level,
        plain(person ? (person.name ?? '') : one.person),
        person?.birthDate ? showBirth(person.birthDate) : '',
        person?.phone ?? '',
        one.dose ?? '',
        one.minutes,
        showInstant(one.exposedAt),
        showInstant(one.lastAt),
        plain(placeOf(one.witness.venue)),
        colour ? t(`shared:colour.${colour}`) : '',
      ];
    });
  };
  const save = (write: (rows: (string | number)[][]) => Promise<void>) => async () => {
    setBusy(true);
    setError(null);
    await rowsOf()
      .then((rows) => write([header.map((one) => t(`contacts.column.${one}`)), ...rows]))
      .catch((failed: unknown) => setError(failed as Error));
    setBusy(false);
  };
  const asCsv = save(async (rows) =>
    download(`${name}.csv`, new Blob(['\ufeff', ...rows.map(csvRow)], { type: 'text/csv' })),
  );
  const asXlsx = save(async (rows) => {
    const { writeSheet } = await import('./sheet-file.js');
    download(`${name}.xlsx`, await writeSheet(rows));
  });
  const isEmpty = contacts.length === 0;
  return (
    <div className="row">
      <Wrong error={error} />
      <button className="button small" disabled={isBusy || isEmpty} onClick={() => void asCsv()}>
        {isBusy ? t('shared:working') : t('contacts.csv')}
      </button>
      <button className="button small" disabled={isBusy || isEmpty} onClick={() => void asXlsx()}>
        {t('contacts.xlsx')}
      </button>
    </div>
  );
}
