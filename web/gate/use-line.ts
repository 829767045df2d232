import { useSyncExternalStore } from 'react';
import type { Line } from './line.js';
import type { LineState } from './line-state.js';

/** The state of the line, followed. */
export const useLine = (line: Line): LineState => useSyncExternalStore(line.subscribe, () => line.state);
