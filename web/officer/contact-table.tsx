import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact, Known } from './case.js';
import { ContactRow } from './contact-row.js';

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
  const virtual = useRowsInView(view, rows);
  const items = virtual.getVirtualItems();
  const inView = items.map(({ index }) => rows[index]!.original.person).join();
  useEffect(() => {
    if (inView) known.see(inView.split(','));
  }, [inView, known.see]);
  const press = useCallback(
    (index: number, person: string | undefined) => {
      setAt(index);
      choose(person);
    },
    [choose],
  );
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
          return (
            <ContactRow
              key={key}
              index={index}
              top={start - rowHeight}
              isActive={index === at}
              isChosen={original.person === chosen}
              press={press}
              contact={original}
              face={known.faces.get(original.person)}
              place={placeOf(original.witness.venue)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Which rows are in view; the headings stand above the first one and stay where they are. */
function useRowsInView(view: RefObject<HTMLDivElement | null>, rows: readonly { original: Contact }[]) {
  // With another function here at each step of a scroll, all rows would be measured anew at each.
  const getItemKey = useCallback((index: number) => rows[index]!.original.person, [rows]);
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  });
}

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
