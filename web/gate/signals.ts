import type { Tone } from '../shared/mark.js';

/** What each answer sounds like: hertz and seconds, one after the other. Up is good, level is wait, down and long is no. */
const sounds: Record<Tone, [hertz: number, seconds: number][]> = {
  green: [
    [784, 0.09],
    [1175, 0.16],
  ],
  yellow: [
    [660, 0.14],
    [0, 0.06],
    [660, 0.14],
  ],
  red: [
    [247, 0.28],
    [0, 0.05],
    [196, 0.45],
  ],
  grey: [[523, 0.2]],
  trouble: [
    [392, 0.12],
    [0, 0.06],
    [330, 0.2],
  ],
};

/** And what it feels like: milliseconds on and off. */
const buzzes: Record<Tone, number[]> = {
  green: [60],
  yellow: [80, 60, 80],
  red: [350, 80, 350],
  grey: [140],
  trouble: [40, 60, 40, 60, 40],
};

let audio: AudioContext | undefined;

/** A browser lets a page sound only after it was touched: called with every touch and key. */
export function allowSound(): void {
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext();
  if (audio?.state === 'suspended') void audio.resume();
}

export const mayVibrate = (): boolean => typeof navigator.vibrate === 'function';

/** Sounds and vibrates as an answer does. */
export function signal(tone: Tone, with_: { sound: boolean; vibration: boolean }): void {
  // Browsers refuse to vibrate before the first touch, and say so in the console.
  if (with_.vibration && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(buzzes[tone]);
  if (!with_.sound || audio?.state !== 'running') return;
  let at = audio.currentTime + 0.01;
  for (const [hertz, seconds] of sounds[tone]) {
    if (hertz) play(audio, { hertz, at, seconds });
    at += seconds;
  }
}

function play(context: AudioContext, { hertz, at, seconds }: { hertz: number; at: number; seconds: number }): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.type = hertz < 300 ? 'square' : 'triangle';
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.4, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + seconds);
}
