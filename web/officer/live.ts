import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useReducer } from 'react';
import type { Socket } from 'socket.io-client';
import type {
  AuditAlarm,
  Board,
  CalledShown,
  CaseShown,
  DoubtShown,
  ExposuresShown,
  HeldShown,
  OfficerToServer,
  RedCard,
  Reply,
  RiskShown,
  ServerToOfficer,
  Watched,
} from '../../src/events.js';
import { openSocket } from '../shared/live-socket.js';
import { Desk } from './desk.js';
import { withRedCards } from './red-cards.js';

/** How long an answer to `watch` may take, and how soon it is asked again (assumptions). */
const patienceMs = 8_000;
const againMs = 2_000;

/** Doubtful scans that the board keeps, newest first (assumption). */
const mostDoubts = 20;

/** Contacts of a case, and lists of people, are read anew at most so often while they change (assumptions). */
const rereadMs = 1_500;
const rereadListMs = 5_000;

/** What arrives by itself. */
export interface Live {
  isLive: boolean;
  cases: ReadonlyMap<string, CaseShown>;
  board: Board | undefined;
  redCards: RedCard[];
  /** What the audits found and what is not mended yet. */
  alarm: AuditAlarm | null;
  doubts: DoubtShown[];
}

type News =
  | { of: 'link'; isLive: boolean }
  | ({ of: 'watched' } & Watched)
  | { of: 'case'; now: CaseShown }
  | { of: 'board'; board: Board }
  | { of: 'red-card'; card: RedCard }
  | { of: 'alarm'; now: AuditAlarm }
  | { of: 'doubt'; doubt: DoubtShown };

const nothing: Live = {
  isLive: false,
  cases: new Map(),
  board: undefined,
  redCards: [],
  alarm: null,
  doubts: [],
};
export const LiveNews = createContext<Live>(nothing);
export const useLiveNews = (): Live => useContext(LiveNews);

function take(live: Live, news: News): Live {
  switch (news.of) {
    case 'link':
      return { ...live, isLive: news.isLive };
    case 'watched': {
      const { board, alarm } = news;
      const cases = new Map(news.cases.map((one) => [one.id, one]));
      return { ...live, isLive: true, board, alarm, cases, redCards: withRedCards(live.redCards, news.redCards) };
    }
    case 'case':
      return { ...live, cases: new Map(live.cases).set(news.now.id, news.now) };
    case 'board':
      return { ...live, board: news.board };
    case 'red-card':
      return { ...live, redCards: withRedCards(live.redCards, [news.card]) };
    case 'alarm':
      return { ...live, alarm: news.now.differences > 0 ? news.now : null };
    case 'doubt': {
      const others = live.doubts.filter(({ doubt }) => doubt !== news.doubt.doubt);
      return { ...live, doubts: [news.doubt, ...others].slice(0, mostDoubts) };
    }
  }
}

type OfficerSocket = Socket<ServerToOfficer, OfficerToServer>;

/** Watches all that the officer may see; what was read over HTTP is read again when it changes. */
export function useLive(): Live {
  const { token, ended } = useContext(Desk);
  const client = useQueryClient();
  const [live, tell] = useReducer(take, nothing);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const lost = () => tell({ of: 'link', isLive: false });
    const begin = () => {
      clearTimeout(again);
      watch(socket).then(
        (told) => {
          tell({ of: 'watched', ...told });
          void client.invalidateQueries();
        },
        () => {
          lost();
          if (socket.connected) again = setTimeout(begin, againMs);
        },
      );
    };
    const { socket, close } = openSocket<OfficerSocket>('/officer', token, { connected: begin, lost, removed: ended });
    const heard = hear(socket, tell, client);
    return () => {
      clearTimeout(again);
      heard.stop();
      close();
    };
  }, [token, ended, client]);
  return live;
}

/** Every event of an officer's socket: some say how things stand, some that a list is to be read again. */
function hear(socket: OfficerSocket, tell: (news: News) => void, client: QueryClient) {
  const reread = inTime(rereadMs, (id) => void client.invalidateQueries({ queryKey: ['case', id] }));
  const rereadList = inTime(rereadListMs, (list) => void client.invalidateQueries({ queryKey: [list] }));
  socket.on('case', (now) => {
    tell({ of: 'case', now });
    reread(now.id);
    rereadList('calls');
  });
  socket.on('exposures', ({ case: id }: ExposuresShown) => reread(id));
  socket.on('called', (_: CalledShown) => rereadList('calls'));
  socket.on('board', (board) => tell({ of: 'board', board }));
  socket.on('red-card', (card) => tell({ of: 'red-card', card }));
  socket.on('held', (_: HeldShown) => void client.invalidateQueries({ queryKey: ['holds'] }));
  socket.on('alarm', (now) => tell({ of: 'alarm', now }));
  socket.on('risk', (_: RiskShown) => void client.invalidateQueries({ queryKey: ['risks'] }));
  socket.on('doubt', (doubt) => {
    tell({ of: 'doubt', doubt });
    rereadList('doubts');
  });
  const stop = () => {
    reread.stop();
    rereadList.stop();
  };
  return { stop };
}

async function watch(socket: OfficerSocket): Promise<Watched> {
  const timed = socket.timeout(patienceMs) as unknown as {
    emitWithAck: (event: string, body: unknown) => Promise<Reply<Watched, string>>;
  };
  const reply = await timed.emitWithAck('watch', {});
  if (!reply.ok) throw new Error(reply.error);
  return reply.data;
}

/** Does something for each of many ids, for each of them once in a while, and once more at the end. */
function inTime(everyMs: number, act: (id: string) => void) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const later = (id: string) => {
    if (waiting.has(id)) return;
    const timer = setTimeout(() => {
      waiting.delete(id);
      act(id);
    }, everyMs);
    waiting.set(id, timer);
  };
  return Object.assign(later, { stop: () => waiting.forEach((timer) => clearTimeout(timer)) });
}
