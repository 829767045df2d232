import { lazy, Suspense, useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

/** Loaded by those who have something to see on it: it is larger than all the rest of a page, and not there offline. */
const PlaceMap = lazy(() => import('./place-map.js').catch(() => ({ default: Away })));

/** The map where the device can draw one; elsewhere a sentence, and the list beside it says the same. */
export function LazyMap(props: ComponentProps<typeof import('./place-map.js').default>) {
  const { t } = useTranslation('shared');
  const [canDraw] = useState(hasWebGl);
  if (!canDraw) return <p className="message">{t('map.none')}</p>;
  return (
    <Suspense fallback={<p role="status">{t('map.loading')}</p>}>
      <PlaceMap {...props} />
    </Suspense>
  );
}

function Away() {
  const { t } = useTranslation('shared');
  return <p className="message">{t('map.away')}</p>;
}

const hasWebGl = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;
