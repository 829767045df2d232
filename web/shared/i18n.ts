import { createInstance, type i18n, type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import enShared from '../text/en/shared.json';
import viShared from '../text/vi/shared.json';
import { dayOf, clockOf, showDay } from './days.js';
import { keep } from './keep.js';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

const storedAs = 'vetxanh.language';

/** Sets a page up in the reader's language: the one chosen here before, else Vietnamese. */
export function createText(page: string, texts: Record<Language, object>): i18n {
  const resources: Resource = {
    vi: { shared: viShared, [page]: texts.vi },
    en: { shared: enShared, [page]: texts.en },
  };
  const text = createInstance();
  void text.use(initReactI18next).init({
    resources,
    lng: chosen(),
    fallbackLng: 'vi',
    defaultNS: page,
    fallbackNS: 'shared',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const mark = () => (document.documentElement.lang = text.language);
  text.on('languageChanged', mark);
  mark();
  return text;
}

/** Takes a language and remembers it on this device. */
export async function choose(text: i18n, language: Language): Promise<void> {
  keep(localStorage, storedAs, language);
  await text.changeLanguage(language);
}

function chosen(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(storedAs);
  return languages.find((one) => one === asked) ?? 'vi';
}

/** `dd/MM/yyyy HH:mm` in the zone of Vietnam, whatever the device thinks (UX.md). Tables ask it for every row. */
export const showInstant = (at: number | string): string => {
  const ms = new Date(at).getTime();
  return `${showDay(dayOf(ms))} ${clockOf(ms)}`;
};

/** `HH:mm:ss` of an instant. */
export const showTime = (at: number): string =>
  new Date(at).toLocaleTimeString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour12: false });
