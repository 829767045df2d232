import { useSyncExternalStore } from 'react';
import type { Line, LineState } from './line.js';

/** The state of the line, followed. */
export const useLine = (line: Line): LineState => useSyncExternalStore(line.subscribe, () => line.state);
