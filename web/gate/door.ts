import { useEffect, useRef, useState } from 'react';
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
  const [recent, add, undone] = useRecent();
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
function useRecent() {
  const [recent, setRecent] = useState(readRecent);
  useEffect(() => sessionStorage.setItem(storedAs, JSON.stringify(recent)), [recent]);
  const add = (shown: Shown[]) => setRecent((before) => [...shown.slice().reverse(), ...before].slice(0, listed));
  const undone = (scanId: string) =>
    setRecent((before) => before.map((shown) => (shown.scanId === scanId ? { ...shown, undone: true } : shown)));
  return [recent, add, undone] as const;
}

/** The list survives a reload, and goes with the tab: it holds names. */
function readRecent(): Shown[] {
  try {
    return JSON.parse(sessionStorage.getItem(storedAs) ?? '[]') as Shown[];
  } catch {
    return [];
  }
}
