import { closeSync, openSync, writeSync } from 'node:fs';
import { create } from 'qrcode';

/** Frames a second, and their size; a picture of luminance only, YUV4MPEG2, which Chromium plays in a loop. */
export const fps = 10;
const [width, height] = [640, 480];

/** A part of a film: a code held before the camera for some frames, or nothing. */
export interface Scene {
  code: string | undefined;
  frames: number;
}

/** Writes a film for the fake camera. */
export function writeFilm(file: string, scenes: Scene[]): string {
  const out = openSync(file, 'w');
  writeSync(out, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
  for (const { code, frames } of scenes) {
    const picture = draw(code);
    for (let at = 0; at < frames; at++) {
      writeSync(out, 'FRAME\n');
      writeSync(out, picture);
    }
  }
  closeSync(out);
  return file;
}

/** A grey room, and in its middle a sheet of white paper with the code. */
function draw(code: string | undefined): Buffer {
  const picture = Buffer.alloc((width * height * 3) / 2, 128);
  for (let y = 0; y < height; y++) picture.fill(60 + (y * 80) / height, y * width, (y + 1) * width);
  if (code === undefined) return picture;
  const { modules } = create(code, { errorCorrectionLevel: 'L' });
  const module = Math.floor((height - 40) / (modules.size + 8));
  const side = module * (modules.size + 8);
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / module) - 4, Math.floor(x / module) - 4];
      const isIn = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      picture[(top + y) * width + left + x] = isIn && modules.get(row, column) ? 20 : 235;
    }
  }
  return picture;
}
