import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** A frame as the page hands it over: pixels, row by row. */
export interface Frame {
  pixels: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

prepareZXingModule({ overrides: { locateFile: () => wasm } });

/** Reads QR codes away from the page, so that the picture never halts; answers each frame with the texts in it. */
addEventListener('message', ({ data: { pixels, width, height } }: MessageEvent<Frame>) => {
  const image = new ImageData(pixels, width, height);
  readBarcodes(image, { formats: ['QRCode'], tryHarder: false, tryInvert: true, maxNumberOfSymbols: 4 }).then(
    (found) => postMessage(found.map(({ text }) => text).filter(Boolean)),
    () => postMessage([]),
  );
});
