import { Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { LOG, type Logger } from '../../config/log.js';
import { Accounts } from '../auth/accounts.service.js';
import type { Caller } from '../auth/caller.js';
import { guardNamespace } from '../auth/handshake.js';
import { Tokens } from '../auth/tokens.js';
import { byLevel } from '../cases/shown.js';
import { watch, type OfficerToServer, type ServerToOfficer } from '../events.js';
import { PushFeed } from '../push.js';
import type { ExposureNews, Push, RedCardNews } from '../streams.js';
import { refuseUnknown } from '../unknown-request.js';
import { Alarms, showAlarm } from './alarms.js';
import { Boards } from './boards.js';
import { showRedCard, ShownRedCards } from './shown-red-cards.js';
import { Watching, type Watched } from './watching.js';

/** A board is told at most so often, and counting it takes no more than a tenth of the time (assumptions). */
const boardEveryMs = 1_000;
const boardShare = 10;

interface OfficerData {
  caller: Caller;
  watched?: Watched;
  boardTimer?: NodeJS.Timeout | undefined;
  /** How long the last board took to count. */
  boardTookMs?: number;
}
type Officer = Socket<OfficerToServer, ServerToOfficer, DefaultEventsMap, OfficerData>;
type Officers = Namespace<OfficerToServer, ServerToOfficer, DefaultEventsMap, OfficerData>;

/** The namespace `/officer`: cases, their contacts as they are found, red cards at gates, and alarms (API.md). */
@WebSocketGateway({ namespace: '/officer' })
export class OfficerGateway
  implements OnGatewayInit<Officers>, OnGatewayConnection<Officer>, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private officers!: Officers;
  private stopHearing = () => {};

  constructor(
    private readonly tokens: Tokens,
    private readonly accounts: Accounts,
    private readonly watching: Watching,
    private readonly boards: Boards,
    private readonly alarms: Alarms,
    private readonly redCards: ShownRedCards,
    private readonly feed: PushFeed,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  afterInit(officers: Officers): void {
    this.officers = officers;
    guardNamespace(officers as unknown as Namespace, { tokens: this.tokens, log: this.log }, (caller) =>
      this.accounts.isAlive(caller),
    );
  }

  handleConnection(officer: Officer): void {
    officer.on('disconnect', () => clearTimeout(officer.data.boardTimer));
    refuseUnknown(officer, 'watch');
    officer.on('watch', (body, ack) => {
      if (typeof ack !== 'function') return;
      this.watch(officer, body).then(ack, (error: Error) => {
        this.log.warn({ fact: 'watch-failed', reason: error.message });
        ack({ ok: false, error: 'busy', message: 'Not now: try again in a moment.' });
      });
    });
  }

  onApplicationBootstrap(): void {
    this.stopHearing = this.feed.subscribe(
      (items) => this.hear(items),
      () => this.readAgain(),
    );
  }

  beforeApplicationShutdown(): void {
    this.stopHearing();
    for (const { data } of this.officers.sockets.values()) clearTimeout(data.boardTimer);
  }

  /** From here on the socket hears of what it watches; the answer is how that stands. */
  private async watch(
    officer: Officer,
    body: unknown,
  ): Promise<Parameters<Parameters<OfficerToServer['watch']>[1]>[0]> {
    const asked = watch.safeParse(body ?? {});
    if (!asked.success) return { ok: false, error: 'bad-request', message: 'Units and cases are lists of ids.' };
    const watched = await this.watching.resolve(asked.data, officer.data.caller);
    if (!watched) return { ok: false, error: 'forbidden', message: 'Some of this is not yours to see.' };
    for (const room of officer.rooms) if (room !== officer.id) await officer.leave(room);
    officer.data.watched = watched;
    await officer.join(roomsOf(watched));
    const [cases, board, alarm, redCards] = await Promise.all([
      this.watching.cases(watched),
      this.boards.of(watched.units),
      this.alarms.standing(),
      this.redCards.of(watched.units),
    ]);
    return { ok: true, data: { cases, board, alarm, redCards } };
  }

  private hear(items: Push[]): void {
    for (const item of items) {
      if (item.push === 'case') {
        const { case: id, unit, state, progress, counts } = item;
        const confirmedAt = new Date(item.confirmedAt).toISOString();
        this.to(unit, id).emit('case', { id, unit, confirmedAt, state, progress, counts: byLevel(counts) });
        this.tellBoards();
      } else if (item.push === 'exposures') this.to(item.unit, item.case).emit('exposures', shown(item));
      else if (item.push === 'red-card') {
        this.tellRedCards([item].filter((card) => this.redCards.isNew(card)));
      } else if (item.push === 'doubt') {
        const { push: _, id, at, ...doubt } = item;
        this.to(doubt.unit).emit('doubt', { doubt: id, ...doubt, at: new Date(at).toISOString() });
      } else if (item.push === 'held') {
        const { push: _, at, ...held } = item;
        this.to(held.unit).emit('held', { ...held, at: new Date(at).toISOString() });
      } else if (item.push === 'risk') {
        const { push: _, at, ahead, ...risk } = item;
        const told = ahead.map(({ level, fromMs }) => ({ level, from: new Date(fromMs).toISOString() }));
        this.to(risk.unit).emit('risk', { ...risk, ahead: told, at: new Date(at).toISOString() });
      } else if (item.push === 'called') {
        this.to(item.unit).emit('called', { person: item.person, at: new Date(item.at).toISOString() });
        this.tellBoards();
      } else if (item.push === 'alarm') this.to(null).emit('alarm', showAlarm(item));
    }
  }

  /** Those who watch a unit, or everything, or the case; what has no unit is known to all who watch units. */
  private to(unit: string | null, caseId?: string) {
    const rooms = [everywhere, unit === null ? anyUnit : unitRoom(unit)];
    return this.officers.to(caseId === undefined ? rooms : [...rooms, caseRoom(caseId)]);
  }

  private tellRedCards(cards: RedCardNews[]): void {
    for (const card of cards) this.to(card.unit).emit('red-card', showRedCard(card));
  }

  private tellBoards(): void {
    for (const officer of this.officers.sockets.values()) {
      const { watched, boardTimer, boardTookMs = 0 } = officer.data;
      if (!watched || boardTimer || watched.units?.length === 0) continue;
      const waitMs = Math.max(boardEveryMs, boardShare * boardTookMs);
      officer.data.boardTimer = setTimeout(() => this.tellBoard(officer, watched), waitMs);
    }
  }

  private tellBoard(officer: Officer, { units }: Watched): void {
    officer.data.boardTimer = undefined;
    const begunMs = performance.now();
    this.boards.of(units).then(
      (board) => {
        officer.data.boardTookMs = performance.now() - begunMs;
        officer.emit('board', board);
      },
      (error: Error) => this.log.warn({ fact: 'board-not-told', reason: error.message }),
    );
  }

  /** News may have been missed: every screen hears how its cases stand, and of red cards it was not told of. */
  private readAgain(): void {
    for (const officer of this.officers.sockets.values()) {
      const { watched } = officer.data;
      if (!watched) continue;
      this.watching.cases(watched).then(
        (cases) => cases.forEach((now) => officer.emit('case', now)),
        (error: Error) => this.log.warn({ fact: 'cases-not-told', reason: error.message }),
      );
    }
    this.redCards.missed().then(
      (cards) => this.tellRedCards(cards),
      (error: Error) => this.log.warn({ fact: 'red-cards-not-told', reason: error.message }),
    );
    this.alarms.standing().then(
      (alarm) => alarm && this.to(null).emit('alarm', alarm),
      (error: Error) => this.log.warn({ fact: 'alarm-not-told', reason: error.message }),
    );
    this.tellBoards();
  }
}

function shown({ case: id, changed, removed }: ExposureNews) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return { case: id, removed, changed: changed.map((row) => ({ ...row, exposedAt: iso(row.exposedAt) })) };
}

const everywhere = 'everywhere';
const anyUnit = 'any-unit';
const unitRoom = (unit: string): string => `unit:${unit}`;
const caseRoom = (id: string): string => `case:${id}`;

function roomsOf({ units, cases }: Watched): string[] {
  const ofUnits = units === null ? [everywhere] : units.length ? [anyUnit, ...units.map(unitRoom)] : [];
  return [...ofUnits, ...cases.map(caseRoom)];
}
