import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** A frame as the page hands it over: a picture, or its pixels, row by row, where a worker cannot draw. */
export type Frame = { width: number; height: number } & (
  { picture: ImageBitmap } | { pixels: Uint8ClampedArray<ArrayBuffer> }
);

let canvas: OffscreenCanvas | undefined;

/** The pixels of a frame, in the size in which it is looked at. */
function imageOf({ width, height, ...frame }: Frame): ImageData {
  if ('pixels' in frame) return new ImageData(frame.pixels, width, height);
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(frame.picture, 0, 0, width, height);
  frame.picture.close();
  return context.getImageData(0, 0, width, height);
}

/** How long after the reader's program did not come it is asked for again (assumption). */
const restMs = 5_000;

let reader = fetchReader();

/** A network that fails while the page is opened must not leave the camera blind until the page is opened again. */
function fetchReader(): Promise<unknown> {
  const fetched = prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  fetched.catch(() => setTimeout(() => (reader = fetchReader()), restMs));
  return fetched;
}

/** Reads QR codes away from the page, so that the picture never halts; answers each frame with the texts in it. */
addEventListener('message', ({ data }: MessageEvent<Frame>) => {
  const options = { formats: ['QRCode' as const], tryHarder: false, tryInvert: true, maxNumberOfSymbols: 4 };
  const image = imageOf(data);
  reader
    .then(() => readBarcodes(image, options))
    .then(
      (found) => postMessage(found.map(({ text }) => text).filter(Boolean)),
      () => postMessage([]),
    );
});
