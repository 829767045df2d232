import { useState } from 'react';
import { keep } from '../shared/keep.js';

/** How this device stands at its door. */
export interface Settings {
  direction: 'in' | 'out' | 'auto';
  zone: string;
  answerSeconds: number;
  sound: boolean;
  vibration: boolean;
  camera: boolean;
  cameraId: string | undefined;
}

const storedAs = 'vetxanh.gate.settings';

const usual: Settings = {
  direction: 'auto',
  zone: '',
  answerSeconds: 2,
  sound: true,
  vibration: true,
  camera: true,
  cameraId: undefined,
};

/** The settings of this device, remembered; whatever cannot be read is as usual. */
export function useSettings(): [Settings, (change: Partial<Settings>) => void] {
  const [settings, set] = useState(read);
  const change = (some: Partial<Settings>) =>
    set((before) => {
      const after = { ...before, ...some };
      keep(localStorage, storedAs, JSON.stringify(after));
      return after;
    });
  return [settings, change];
}

function read(): Settings {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(storedAs) ?? '{}') as Partial<Settings>) };
  } catch {
    return usual;
  }
}
