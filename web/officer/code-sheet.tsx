import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../shared/sheet.js';
import { Viewfinder } from '../shared/viewfinder.js';
import { askForCode } from './search-words.js';

interface Props {
  /** What the first code in view that names somebody asks for. */
  scanned: (query: string) => void;
  close: () => void;
}

/** Finds somebody by the code of their card or paper before the camera. */
export function CodeSheet({ scanned, close }: Props) {
  const { t } = useTranslation('officer');
  const [isNobody, setNobody] = useState(false);
  const seen = (texts: string[]) => {
    const found = texts.map(askForCode).find((query) => query !== undefined);
    if (found === undefined) setNobody(true);
    else scanned(found);
  };
  return (
    <Sheet title={t('search.scan')} close={close}>
      <p className="soft">{t('search.scanText')}</p>
      <Viewfinder deviceId={undefined} seen={seen} />
      {isNobody && (
        <p role="alert" className="message notice">
          {t('search.nobodys')}
        </p>
      )}
    </Sheet>
  );
}
