import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { Component, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { useAbout } from './about.js';
import { Refusal } from './api.js';
import { choose, languages } from './i18n.js';
import { Brand } from './mark.js';
import './tokens.css';
import './base.css';

/** Nobody is asked again when the answer would be the same; a missing network is waited for (assumption: 2 tries). */
const retry = (count: number, error: Error): boolean =>
  count < 2 && (!(error instanceof Refusal) || error.status === 0 || error.status >= 500);

/** How long what was read is there for a page that waits behind its log-in with something typed in it (assumption). */
const waitsMs = 30 * 60_000;

/** Puts a page on the screen with what all pages share. */
export function show(page: ReactNode, text: i18n): void {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry, networkMode: 'always', gcTime: waitsMs },
      mutations: { networkMode: 'always' },
    },
  });
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <I18nextProvider i18n={text}>
        <QueryClientProvider client={client}>
          <Stopped>{page}</Stopped>
        </QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}

/** A fault of the page itself is said, with the way on; what was scanned is in the device's store. */
class Stopped extends Component<{ children: ReactNode }> {
  override state = { stopped: false };

  static getDerivedStateFromError(): { stopped: boolean } {
    return { stopped: true };
  }

  override render() {
    return this.state.stopped ? <StoppedMessage /> : this.props.children;
  }
}

function StoppedMessage() {
  const { t } = useTranslation('shared');
  return (
    <main className="narrow stack">
      <h1>{t('stopped.title')}</h1>
      <p>{t('stopped.text')}</p>
      <button className="button main" onClick={() => location.reload()}>
        {t('stopped.again')}
      </button>
    </main>
  );
}

/** The line that every page of a demo shows, also without a network. */
export function DemoMark() {
  const { t } = useTranslation('shared');
  return useAbout()?.demo ? (
    <p className="demo-mark" role="note">
      {t('demo')}
    </p>
  ) : null;
}

/** The other language, one press away. */
export function LanguageButton() {
  const { i18n: text, t } = useTranslation('shared');
  const other = languages.find((one) => one !== text.language) ?? 'en';
  return (
    <button className="button quiet small" onClick={() => void choose(text, other)} lang={other}>
      {t('otherLanguage')}
    </button>
  );
}

/** Name and language on top of a page. */
export function PageHead({ children, home = '/owner' }: { children?: ReactNode; home?: string }) {
  return (
    <>
      <DemoMark />
      <header className="page-head">
        <a className="brand" href={home}>
          <Brand />
          VetXanh
        </a>
        <span className="grow" />
        {children}
        <LanguageButton />
      </header>
    </>
  );
}

/** Words the API refuses with that people can do something about; all others are told as they are: a fault of ours. */
const known = [
  'no-answer',
  'wrong-code',
  'too-many-tries',
  'service-away',
  'venue-unknown',
  'venue-in-use',
  'code-too-old',
  'ticket-unknown',
  'bad-input',
  'forbidden',
  'not-found',
  'person-unknown',
  'several-people',
  'retracted',
  'closed',
  'changed-meanwhile',
  'second-officer-needed',
  'decided-already',
  'linked-already',
  'called-already',
  'outside-your-unit',
  'simulate-first',
  'source-missing',
  'valid-from-past',
  'notice-too-short',
  'published',
] as const;

/** What went wrong, in the reader's words, with the next step. That a session is over is told by the log-in before the page. */
export function Wrong({ error }: { error: Error | null }) {
  const { t } = useTranslation('shared');
  if (!error || (error instanceof Refusal && error.type === 'unauthorized')) return null;
  const type = error instanceof Refusal ? known.find((one) => one === error.type) : undefined;
  const seconds = error instanceof Refusal ? (error.retryAfterSeconds ?? 60) : 60;
  return (
    <p role="alert" className="message alarm">
      {t(`wrong.${type ?? 'internal'}`, { minutes: Math.ceil(seconds / 60) })}
    </p>
  );
}
