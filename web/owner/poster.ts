import boldFont from '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf?url';
import textFont from '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf?url';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, rgb, type PDFFont, type PDFPage } from 'pdf-lib';
import { create as createQr } from 'qrcode';
import en from '../text/en/owner.json';
import vi from '../text/vi/owner.json';
import type { Venue } from './api.js';

/** Millimetres in points, A4, and the side of the code: at least 15 cm (UX.md). */
const mm = 72 / 25.4;
const page = { width: 210 * mm, height: 297 * mm };
const codeSide = 152 * mm;

const leaf = rgb(0x14 / 255, 0x74 / 255, 0x3f / 255);
const ink = rgb(0x16 / 255, 0x21 / 255, 0x1b / 255);
const soft = rgb(0x52 / 255, 0x63 / 255, 0x5a / 255);
const white = rgb(1, 1, 1);

interface Fonts {
  bold: PDFFont;
  text: PDFFont;
}

/** The poster of a place: A4, its name, a code that can be read from two metres, and what to do in two languages. */
export async function makePoster({ name, url }: Pick<Venue, 'name' | 'url'>): Promise<Blob> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [bold, text] = await Promise.all([boldFont, textFont].map((file) => embed(pdf, file)));
  const sheet = pdf.addPage([page.width, page.height]);
  const fonts = { bold: bold!, text: text! };
  pdf.setTitle(`${vi.poster.head} – ${name}`);
  pdf.setLanguage('vi');
  sheet.drawRectangle({ x: 0, y: page.height - 44 * mm, width: page.width, height: 44 * mm, color: leaf });
  centred(sheet, vi.poster.head, { y: page.height - 20 * mm, size: 30, font: fonts.bold, color: white });
  centred(sheet, en.poster.head, { y: page.height - 33 * mm, size: 17, font: fonts.text, color: white });
  drawName(sheet, name, fonts);
  drawCode(sheet, url);
  centred(sheet, url.replace(/^https?:\/\//, ''), { y: 58 * mm, size: 12, font: fonts.text, color: soft });
  drawSteps(sheet, fonts);
  return new Blob([(await pdf.save()) as BlobPart], { type: 'application/pdf' });
}

const embed = async (pdf: PDFDocument, file: string): Promise<PDFFont> => {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`the font is not there (${response.status})`);
  return pdf.embedFont(await response.arrayBuffer(), { subset: true });
};

interface Style {
  y: number;
  size: number;
  font: PDFFont;
  color: ReturnType<typeof rgb>;
}

/** A line in the middle, made smaller until it fits. */
function centred(sheet: PDFPage, text: string, { y, size, font, color }: Style): void {
  const most = page.width - 24 * mm;
  const fitting = Math.min(size, (size * most) / font.widthOfTextAtSize(text, size));
  sheet.drawText(text, { x: (page.width - font.widthOfTextAtSize(text, fitting)) / 2, y, size: fitting, font, color });
}

/** The name of the place: one line, or two where it is long. */
function drawName(sheet: PDFPage, name: string, { bold }: Fonts): void {
  const words = name.split(/\s+/);
  const isLong = bold.widthOfTextAtSize(name, 26) > page.width - 24 * mm && words.length > 1;
  const half = Math.ceil(words.length / 2);
  const lines = isLong ? [words.slice(0, half).join(' '), words.slice(half).join(' ')] : [name];
  const from = page.height - (isLong ? 55 : 60) * mm;
  lines.forEach((line, at) =>
    centred(sheet, line, { y: from - at * 10 * mm, size: isLong ? 22 : 28, font: bold, color: ink }),
  );
}

/** The code, drawn as squares: sharp at any size. */
function drawCode(sheet: PDFPage, url: string): void {
  const { modules } = createQr(url, { errorCorrectionLevel: 'Q' });
  const side = codeSide / modules.size;
  const [left, top] = [(page.width - codeSide) / 2, 66 * mm + codeSide];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      // A hair wider than a module, so that no printer leaves gaps.
      const square = { x: left + column * side, y: top - (row + 1) * side, width: side + 0.1, height: side + 0.1 };
      sheet.drawRectangle({ ...square, color: ink });
    }
  }
}

function drawSteps(sheet: PDFPage, { bold, text }: Fonts): void {
  const steps = (['step1', 'step2', 'step3'] as const).map((step) => [vi.poster[step], en.poster[step]] as const);
  steps.forEach(([vietnamese, english], at) => {
    const y = 44 * mm - at * 15 * mm;
    sheet.drawCircle({ x: 22 * mm, y: y + 1.5, size: 4.6 * mm, color: leaf });
    sheet.drawText(String(at + 1), { x: 22 * mm - 4, y: y - 3, size: 14, font: bold, color: white });
    sheet.drawText(vietnamese, { x: 32 * mm, y: y + 2, size: 15, font: bold, color: ink });
    sheet.drawText(english, { x: 32 * mm, y: y - 13, size: 11, font: text, color: soft });
  });
}
