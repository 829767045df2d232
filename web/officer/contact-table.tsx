import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import type { Contact, Face, Known } from './case.js';
import { ColourWord } from './change-sheets.js';
import { levelName } from './levels.js';

/** The height of a row, and rows made beyond those in view (assumptions). */
const rowHeight = 38;
const overscan = 8;
const rowsPerPage = 10;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const helper = createColumnHelper<typeof features, Contact>();
const columns = helper.columns([
  helper.accessor('level', { sortDescFirst: false }),
  helper.accessor('person', { enableSorting: false }),
  helper.accessor(() => '', { id: 'colour', enableSorting: false }),
  helper.accessor((row) => row.dose ?? -1, { id: 'dose' }),
  helper.accessor('minutes', {}),
  helper.accessor((row) => row.witness.venue, { id: 'venue', enableSorting: false }),
  helper.accessor((row) => Date.parse(row.lastAt), { id: 'lastAt' }),
]);
type ColumnName = 'level' | 'person' | 'dose' | 'minutes' | 'lastAt' | 'venue' | 'colour';

interface Props {
  contacts: Contact[];
  known: Known;
  placeOf: (id: string) => string;
  chosen: string | undefined;
  choose: (person: string | undefined) => void;
}

/** As many rows as are in view, of however many: sorted by a press on a heading, walked through with the arrow keys. */
export function ContactTable({ contacts, known, placeOf, chosen, choose }: Props) {
  const { t } = useTranslation('officer');
  const view = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const table = useTable({ features, columns, data: contacts });
  const { rows } = table.getRowModel();
  const virtual = useRowsInView(view, rows.length, (index) => rows[index]!.original.person);
  const items = virtual.getVirtualItems();
  const inView = items.map(({ index }) => rows[index]!.original.person).join();
  useEffect(() => {
    if (inView) known.see(inView.split(','));
  }, [inView, known.see]);
  const walk = (event: KeyboardEvent) => {
    // Headings are buttons, with keys of their own.
    if (event.target !== event.currentTarget) return;
    const step = steps[event.key];
    if (event.key === 'Enter') choose(rows[at]?.original.person);
    else if (event.key === 'Escape') choose(undefined);
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    setAt(next);
    virtual.scrollToIndex(next);
  };
  const headers = useMemo(() => table.getHeaderGroups()[0]!.headers, [table]);
  return (
    <div
      className="grid"
      role="grid"
      aria-labelledby="contacts"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={items.some(({ index }) => index === at) ? `contact-${at}` : undefined}
      tabIndex={0}
      ref={view}
      style={{ height: `min(30rem, ${(rows.length + 1) * rowHeight + 18}px)` }}
      onKeyDown={walk}
    >
      <div className="grid-row head" role="row" aria-rowindex={1}>
        {headers.map(({ id, column }) => (
          <Heading
            key={id}
            name={t(`contacts.column.${id as ColumnName}`)}
            sorted={column.getIsSorted()}
            press={column.getCanSort() ? column.getToggleSortingHandler() : undefined}
          />
        ))}
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const { original } = rows[index]!;
          const isChosen = original.person === chosen;
          return (
            <div
              key={key}
              id={`contact-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={isChosen}
              className={`grid-row${index === at ? ' active' : ''}`}
              style={{ transform: `translateY(${start - rowHeight}px)` }}
              onClick={() => {
                setAt(index);
                choose(isChosen ? undefined : original.person);
              }}
            >
              <Cells
                contact={original}
                face={known.faces.get(original.person)}
                place={placeOf(original.witness.venue)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Which rows are in view; the headings stand above the first one and stay where they are. */
const useRowsInView = (view: RefObject<HTMLDivElement | null>, count: number, keyOf: (index: number) => string) =>
  useVirtualizer({
    count,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  });

interface HeadingProps {
  name: string;
  sorted: false | 'asc' | 'desc';
  press: ((event: unknown) => void) | undefined;
}

/** A heading that sorts when it is pressed, where that means something. */
function Heading({ name, sorted, press }: HeadingProps) {
  return (
    <span role="columnheader" aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}>
      {press ? (
        <button onClick={press}>
          {name} {sorted ? (sorted === 'asc' ? '↑' : '↓') : ''}
        </button>
      ) : (
        name
      )}
    </span>
  );
}

const steps: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: rowsPerPage,
  PageUp: -rowsPerPage,
  Home: -Infinity,
  End: Infinity,
};

interface CellsProps {
  contact: Contact;
  face: Face | undefined;
  place: string;
}

function Cells({ contact, face, place }: CellsProps) {
  const { t } = useTranslation('officer');
  return (
    <>
      <span role="gridcell" className="level-cell">
        <span className={`level l${contact.level}`}>{levelName(contact.level)}</span>
      </span>
      <span role="gridcell" className="person">
        {face ? (face.person ? (face.person.name ?? t('person.noName')) : t('person.elsewhere')) : '…'}
        {face?.person?.phone && <span className="soft small number"> {face.person.phone}</span>}
      </span>
      <span role="gridcell">{face?.colour ? <ColourWord colour={face.colour} /> : '…'}</span>
      <span role="gridcell" className="number end">
        {contact.dose === null ? '–' : contact.dose.toFixed(1)}
      </span>
      <span role="gridcell" className="number end">
        {contact.minutes}
      </span>
      <span role="gridcell" className="venue">
        {place}
      </span>
      <span role="gridcell" className="number">
        {showInstant(contact.lastAt)}
      </span>
    </>
  );
}
