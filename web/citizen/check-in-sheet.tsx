import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readVenueCode } from '../../src/domain/codes/venue-code.js';
import { Sheet } from '../shared/sheet.js';
import { Viewfinder } from '../shared/viewfinder.js';

/** A poster's short code, or its whole address, as typed or seen; undefined when it is something else. */
export function pathOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (readVenueCode(trimmed)) return new URL(trimmed).pathname;
  return /^[a-z0-9]{4,32}$/i.test(trimmed) ? `/v/${trimmed.toLowerCase()}` : undefined;
}

/** The code of a venue by camera or typed; the page of its poster asks for in or out. */
export function CheckInSheet({ close }: { close: () => void }) {
  const { t } = useTranslation('citizen');
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const isLeaving = useRef(false);
  const open = (path: string | undefined) => {
    setWrong(path === undefined);
    if (!path || isLeaving.current) return;
    isLeaving.current = true;
    location.assign(path);
  };
  return (
    <Sheet title={t('checkIn.title')} close={close}>
      <Viewfinder
        deviceId={undefined}
        seen={(texts) => open(pathOf(texts.find((text) => readVenueCode(text)) ?? ''))}
      />
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          open(pathOf(text));
        }}
      >
        <label className="field">
          <span>{t('checkIn.code')}</span>
          <input
            className="input"
            autoCapitalize="none"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="hint">{t('checkIn.hint')}</span>
        </label>
        {isWrong && (
          <p role="alert" className="message alarm">
            {t('checkIn.wrong')}
          </p>
        )}
        <button className="button main">{t('checkIn.go')}</button>
      </form>
    </Sheet>
  );
}
