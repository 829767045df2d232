import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { useAsk } from './desk.js';

interface PageRead<T> {
  items: T[];
  next: string | null;
}

/** A list of the API that is read page by page, as far as the reader asks for more. */
export interface ReadOn<T> {
  items: T[];
  query: Pick<
    UseInfiniteQueryResult,
    'error' | 'isPending' | 'isSuccess' | 'hasNextPage' | 'isFetching' | 'fetchNextPage'
  >;
}

/** `name` is the path of the list and the key it is kept under. */
export function useReadOn<T>(name: string, { limit, purpose }: { limit: number; purpose: string }): ReadOn<T> {
  const askAs = useAsk();
  const query = useInfiniteQuery({
    queryKey: [name],
    queryFn: ({ pageParam }) =>
      askAs<PageRead<T>>(`GET /${name}?limit=${limit}&after=${encodeURIComponent(pageParam)}`, { purpose }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return { items: query.data?.pages.flatMap((page) => page.items) ?? [], query };
}

interface ReadOnListProps {
  of: ReadOn<unknown>;
  /** What is said when there is nothing. */
  none: string;
  more: string;
  children: React.ReactNode;
}

/** Such a list with its fault, its wait, its empty state, and what reads on. */
export function ReadOnList({ of: { items, query }, none, more, children }: ReadOnListProps) {
  const { t } = useTranslation('officer');
  return (
    <>
      <Wrong error={query.error} />
      {query.isPending && <p role="status">{t('board.loading')}</p>}
      {query.isSuccess && items.length === 0 && <p className="card soft">{none}</p>}
      {items.length > 0 && children}
      {query.hasNextPage && (
        <p>
          <button className="button small" disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
            {more}
          </button>
        </p>
      )}
    </>
  );
}
