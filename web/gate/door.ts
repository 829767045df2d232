import { useEffect, useRef, useState } from 'react';
import { keep } from '../shared/keep.js';
import { Held } from './held.js';
import type { Ask, Line } from './line.js';
import { isBusy } from './quiet.js';
import type { Settings } from './settings.js';
import type { Shown } from './shown.js';
import { signal } from './signals.js';

/** Scans that the list shows (UX.md). */
const listed = 20;
const storedAs = 'vetxanh.gate.recent';

/** The answer that fills the screen, and the scan it is of. */
export interface OnScreen {
  shown: Shown;
  asked: Ask;
}

export interface Door {
  onScreen: OnScreen | undefined;
  recent: Shown[];
  /** Codes in view of the camera, frame by frame. */
  seen: (codes: string[]) => void;
  /** A code that somebody typed, or a reader. */
  typed: (code: string) => void;
  letIn: () => void;
  /** Scans several, and resolves to their answers without filling the screen. */
  scanAll: (codes: string[]) => Promise<Shown[]>;
  clear: () => void;
  undone: (scanId: string) => void;
}

/** What happens at a door: a code comes into view, an answer fills the screen for a while, the list grows. */
export function useDoor(line: Line, settings: Settings, catching: ((code: string) => void) | undefined): Door {
  const [onScreen, setOnScreen] = useOnScreen(settings.answerSeconds);
  const [recent, add, undone] = useRecent(line);
  const held = useRef(new Held());
  const now = useRef({ settings, catching });
  now.current = { settings, catching };

  const ask = async (code: string, more: { force?: true } = {}): Promise<OnScreen> => {
    isBusy();
    const { direction, zone } = now.current.settings;
    const asked: Ask = { code, direction, ...(zone && { zone }), ...more };
    return { shown: await line.scan(asked), asked };
  };
  const scan = async (code: string, more: { force?: true } = {}) => {
    const answer = await ask(code, more);
    signal(answer.shown.tone, now.current.settings);
    setOnScreen(answer);
    add([answer.shown]);
  };
  const take = (code: string) => (now.current.catching ? now.current.catching(code) : void scan(code));

  return {
    onScreen,
    recent,
    undone,
    seen: (codes) => codes.filter((code) => held.current.isNew(code, performance.now())).forEach(take),
    typed: take,
    letIn: () => onScreen && void scan(onScreen.asked.code, { force: true }),
    scanAll: async (codes) => {
      const answers: Shown[] = [];
      for (const code of codes) answers.push((await ask(code)).shown);
      add(answers);
      return answers;
    },
    clear: () => setOnScreen(undefined),
  };
}

/** What fills the screen, for as long as it shall. */
function useOnScreen(seconds: number) {
  const [onScreen, setOnScreen] = useState<OnScreen>();
  useEffect(() => {
    if (!onScreen) return;
    const over = setTimeout(() => setOnScreen(undefined), seconds * 1_000);
    return () => clearTimeout(over);
  }, [onScreen, seconds]);
  return [onScreen, setOnScreen] as const;
}

/** The last scans, newest first. */
function useRecent(line: Line) {
  const [recent, setRecent] = useState(readRecent);
  useEffect(() => keep(sessionStorage, storedAs, JSON.stringify(recent)), [recent]);
  const note = (scanIds: string[], what: Partial<Shown>) =>
    setRecent((before) => before.map((shown) => (scanIds.includes(shown.scanId) ? { ...shown, ...what } : shown)));
  useEffect(() => {
    // What another tab has sent, this one was not told.
    for (const { scanId, offline, sent } of readRecent())
      if (offline && !sent) void line.isWaiting(scanId).then((waits) => waits || note([scanId], { sent: true }));
    return line.onArrival((scanIds) => note(scanIds, { sent: true }));
  }, [line]);
  const add = (shown: Shown[]) => setRecent((before) => [...shown.slice().reverse(), ...before].slice(0, listed));
  return [recent, add, (scanId: string) => note([scanId], { undone: true })] as const;
}

/** The list survives a reload, and goes with the tab: it holds names. */
function readRecent(): Shown[] {
  try {
    return JSON.parse(sessionStorage.getItem(storedAs) ?? '[]') as Shown[];
  } catch {
    return [];
  }
}
