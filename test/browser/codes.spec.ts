import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DemoIssuer } from '../../demo/issuer/issuer.js';
import { payloadOf } from '../../demo/certificates.js';
import { ask, type System } from '../system.js';
import { openBrowser } from './chrome.js';
import { fps, writeFilm } from './film.js';
import { aGuest, makeGate, openStage, openWindow, type Window } from './stage.js';

const digits = (count: number) => String(randomInt(10 ** count)).padStart(count, '0');
/** A man of 1990, by his number too. */
const idNumber = () => `001090${digits(6)}`;
const hex = (text: string) => Buffer.from(text).toString('hex');

/** Papers of people whom nobody knows yet (SPEC 2), as they stand in their codes. */
const papers = {
  personal: `${idNumber()}|TRAN VAN BINH|1990-01-18|0|${digits(9)}${digits(9)}|<1<00<0123232422`,
  chip: `${idNumber()}|123456789|Đặng Hữu Phước|18011990|Nam|123 Đường Số 1, Phường 2, Quận 3|01012022`,
  newCard: `${idNumber()}||Vũ Đức Thịnh|18011990|Nam|Số 1, Hà Nội|01012025||Vũ Văn Nam|Lê Thị Hoa|`,
  insurance: `DN401${digits(10)}|${hex('Hồ Minh Quân')}|18/01/1990|1|${hex('Số 1, Hà Nội')}|01 - 001|01/01/2026|31/12/2026|01/01/2026|-|4|-|$`,
  masked: '001*****9317|NGUYEN VAN A|1990-01-18|0||<1<00<',
};

let system: System;
let browser: Browser;
let window: Window;

/** One film of everything that people hold before a camera, shown over and over. */
beforeAll(async () => {
  system = await openStage();
  const [printed, owner] = [await aGuest(system, 'Phạm Quốc Dũng'), await aGuest(system, 'Lê Thị Mai')];
  const { venue } = await makeGate(system);
  const { url } = (await ask(system, `GET /venues/${venue}`)).body as { url: string };
  const screen = (await ask(system, `GET /venues/${venue}/rotating-code`)).body as { url: string };
  const rotating = await ask(system, `POST /people/${owner.id}/cards`, { body: { kind: 'rotating' } });
  const codes = [(rotating.body as { code: string }).code, printed.code, ...Object.values(papers), certificate(), url, screen.url, 'WIFI:S:Quan;T:WPA;P:12345678;;']; // prettier-ignore
  const film = join(mkdtempSync(join(tmpdir(), 'vetxanh-codes-')), 'codes.y4m');
  // A rotating card is good for a minute: the door is open before the film is shown.
  writeFilm(film, codes.flatMap((code) => [{ code, frames: fps }, { code: undefined, frames: fps / 5 }])); // prettier-ignore
  browser = await openBrowser(film);
  window = await openWindow(browser, system);
  await window.page.goto((await makeGate(system)).pairingUrl);
  await window.page.locator('.viewfinder.on').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

function certificate(): string {
  const nowMs = Date.now();
  const holder = { id: 'qr', name: 'Nguyễn Văn An', birthDate: '1990-01-02' };
  const issuer = new DemoIssuer({ fromMs: nowMs - 86_400_000 });
  return issuer.issue(payloadOf(holder, 0, nowMs), { issuedAt: nowMs, expiresAt: nowMs + 86_400_000 });
}

const row = (shape: string, words: string) =>
  window.page.locator(`.recent li:has(.shape.${shape}):has-text("${words}")`).first();

describe('before the camera', () => {
  it.each([
    ['a rotating card of a phone', 'green', 'L. T. Mai'],
    ['a printed card', 'green', 'P. Q. Dũng'],
    ['a personal QR of Decision 1405', 'grey', 'T. V. BINH'],
    ['a chip ID card', 'grey', 'Đ. H. Phước'],
    ['an ID card of 2024, with its further fields', 'grey', 'V. Đ. Thịnh'],
    ['a health-insurance card', 'grey', 'H. M. Quân'],
  ])('%s is read, and its holder let in', async (_, colour, name) => {
    await row(colour, name).waitFor();
    expect(await row(colour, name).innerText()).toMatch(/· Vào$/m);
  });

  it.each([
    ['a paper whose numbers are masked', 'Số trên giấy này bị che'],
    ['an EU certificate', 'Đây là chứng nhận y tế'],
    ['the code of a place', 'Đây là mã của một địa điểm'],
    ['a code of something else', 'Không đọc được mã này'],
  ])('%s is refused calmly, and called what it is', async (_, words) => {
    await row('trouble', words).waitFor();
    expect(await row('trouble', words).locator('button').count()).toBe(0);
  });

  it('nothing of it troubled the page', () => {
    expect(window.faults).toEqual([]);
  });
});
