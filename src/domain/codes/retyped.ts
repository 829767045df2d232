/**
 * A hardware reader is a keyboard to its computer: it presses the keys of a US keyboard, and the computer writes what
 * stands on those keys of the keyboard it believes to have. This is how to read the keys back.
 */

/** Keys of a US keyboard, and the same with shift. */
const us = '`1234567890-=qwertyuiop[]\\asdfghjkl;\'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?';

/** What the same keys write elsewhere: keyboards a reader in Vietnam is likely to meet (assumption). */
const keyboards = [
  // German
  '^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-°!"§$%&/()=?`QWERTZUIOPÜ*\'ASDFGHJKLÖÄYXCVBNM;:_',
  // French
  '²&é"\'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!³1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§',
  // British, where it differs from the US one
  '`1234567890-=qwertyuiop[]#asdfghjkl;\'zxcvbnm,./¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?',
].map((keys) => new Map([...keys].map((key, at) => [key, us[at]!])));

/** The number row of the Vietnamese keyboard of Windows writes letters and accents: `1234567890` is `ăâêộ̀̉̃́đ`. */
const vietnamese = new Map([
  ['ă', '1'],
  ['â', '2'],
  ['ê', '3'],
  ['ô', '4'],
  ['\u0300', '5'],
  ['\u0309', '6'],
  ['\u0303', '7'],
  ['\u0301', '8'],
  ['\u0323', '9'],
  ['đ', '0'],
]);

/** Letters that hold a hat or a breve of their own; further accents on them are digits of their own. */
const hats: Record<string, string> = { 'a\u0306': 'ă', 'a\u0302': 'â', 'e\u0302': 'ê', 'o\u0302': 'ô' };

const vietnameseLetter = /[\u00c0-\u00ff\u0102-\u0111\u0300-\u0323\u1ea0-\u1ed9]/u;

/** What may have been meant, the likeliest first; each is to be tried, and none believed unless it is a whole code. */
export function* retypings(text: string): Generator<string> {
  const wide = text.normalize('NFKC');
  if (wide !== text) yield wide;
  if (vietnameseLetter.test(text)) yield fromVietnamese(text);
  for (const keys of keyboards) {
    let meant = '';
    for (const key of text) meant += keys.get(key) ?? key;
    if (meant !== text) yield meant;
  }
  yield swapCase(text);
  const repaired = fromWindows(text);
  if (repaired !== undefined) yield repaired;
}

/** Digits from the letters of the Vietnamese number row. */
function fromVietnamese(text: string): string {
  let meant = '';
  for (const letter of text) meant += letter < '\u00c0' ? letter : digitsOf(letter);
  return meant;
}

/** What was worked out of a letter once: there are few of them, and a hostile text repeats them. */
const worked = new Map<string, string>();

/** One letter as the keys that were pressed for it: every accent is taken off, but for a hat, which has a key itself. */
function digitsOf(letter: string): string {
  const known = worked.get(letter);
  if (known !== undefined || !vietnameseLetter.test(letter)) return known ?? letter;
  const [base = '', ...accents] = [...letter.normalize('NFD')];
  const hat = accents.find((accent) => hats[base + accent] !== undefined);
  const keys = hat === undefined ? [base, ...accents] : [hats[base + hat]!, ...accents.filter((one) => one !== hat)];
  const meant = keys.map((key) => vietnamese.get(key) ?? key).join('');
  worked.set(letter, meant);
  return meant;
}

/** What a reader types while caps lock is on. */
const swapCase = (text: string): string =>
  text.replace(/[a-z]+|[A-Z]+/g, (run) => (run < 'a' ? run.toLowerCase() : run.toUpperCase()));

/** The byte of each character of Windows-1252, for text whose UTF-8 was read as that. */
const windows = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
    (letter, byte) => [letter, byte],
  ),
);

/** `Nguyá»…n` is `Nguyễn`: undefined when the text is no UTF-8 that was read as Windows-1252. */
export function fromWindows(text: string): string | undefined {
  if (!/[\u00c3-\u00f4]/.test(text)) return undefined;
  const bytes = [...text].map((letter) => windows.get(letter) ?? 256);
  if (bytes.includes(256)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
