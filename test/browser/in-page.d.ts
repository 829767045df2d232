/** What `bench/pages/in-page.js` puts into a page that a test has told to take it. */
declare const look: {
  frames: number[];
  uploads: [milliseconds: number, arrived: number][];
  watchCamera(): void;
  watchUpload(): void;
  scrollFrames(selector: string): Promise<number[]>;
  fillQueue(queue: { gate: string; codes: string[]; count: number; prefix: string; fromMs: number }): Promise<void>;
};
