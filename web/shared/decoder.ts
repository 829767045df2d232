import type { Frame } from './decode.worker.js';

/** The widest frame that is looked at: a card's code fills a third of it with 4 pixels a module (assumption). */
const widest = 1_024;

/** What a browser that reads codes itself offers; TypeScript's own library does not know it yet. */
interface NativeDetector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
type NativeDetectorClass = {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats: () => Promise<string[]>;
};

/** Reads the codes of a picture. */
export interface Decoder {
  read: (video: HTMLVideoElement) => Promise<string[]>;
  close: () => void;
}

/** The browser's own reader where it has one, else ZXing in a worker. */
export async function openDecoder(): Promise<Decoder> {
  return (await native()) ?? inWorker();
}

async function native(): Promise<Decoder | undefined> {
  const { BarcodeDetector: Detector } = globalThis as { BarcodeDetector?: NativeDetectorClass };
  const formats = await Detector?.getSupportedFormats().catch((): string[] => []);
  if (!Detector || !formats?.includes('qr_code')) return undefined;
  const detector = new Detector({ formats: ['qr_code'] });
  return {
    read: async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue).filter(Boolean),
    close: () => undefined,
  };
}

function inWorker(): Decoder {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  const take = typeof OffscreenCanvas === 'undefined' ? onCanvas() : asPicture;
  let tell: (texts: string[]) => void = () => undefined;
  worker.addEventListener('message', ({ data }: MessageEvent<string[]>) => tell(data));
  worker.addEventListener('error', () => tell([]));
  return {
    read: async (video) => {
      const scale = Math.min(1, widest / video.videoWidth);
      const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
      const { frame, moved } = await take(video, { width, height });
      return new Promise((resolve) => {
        tell = resolve;
        worker.postMessage(frame, [moved]);
      });
    },
    close: () => worker.terminate(),
  };
}

type Size = { width: number; height: number };
type Take = (video: HTMLVideoElement, size: Size) => Promise<{ frame: Frame; moved: Transferable }>;

/** The worker draws: the page is never held up by a picture, also on an old phone. */
const asPicture: Take = async (video, size) => {
  const picture = await createImageBitmap(video);
  return { frame: { ...size, picture }, moved: picture };
};

/** The page draws, where a worker cannot: browsers before 2023. */
function onCanvas(): Take {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return async (video, { width, height }) => {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    const { data: pixels } = context.getImageData(0, 0, width, height);
    return { frame: { width, height, pixels }, moved: pixels.buffer };
  };
}
