import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../shared/page.js';
import { useLead } from './leader.js';
import { Line } from './line.js';
import { PairPage } from './pair-page.js';
import { pairedBefore, readInvitation, unpair, type Invitation, type Paired } from './pairing.js';
import { RemovedPage } from './removed-page.js';
import { ScanPage } from './scan-page.js';
import { useLine } from './use-line.js';

/** The gate from its first minute on: paired once, then ready whenever it is opened. */
export function Gate() {
  const [invited, setInvited] = useState(takeInvitation);
  const [paired, setPaired] = useState(pairedBefore);
  const [lead, takeLead] = useLead();
  useEffect(() => {
    const changed = () => setInvited(takeInvitation());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const forget = () => {
    unpair();
    setPaired(undefined);
  };
  const accepted = (now: Paired) => {
    setInvited(undefined);
    setPaired(now);
  };
  const back = paired && (() => setInvited(undefined));
  if (invited || !paired) return <PairPage invited={invited} done={accepted} back={back} />;
  if (lead === 'waiting') return <main aria-busy="true" />;
  if (lead === 'elsewhere') return <Elsewhere here={takeLead} />;
  return <AtTheDoor key={paired.token} paired={paired} forget={forget} />;
}

function AtTheDoor({ paired, forget }: { paired: Paired; forget: () => void }) {
  const [line, setLine] = useState<Line>();
  useEffect(() => {
    const opened = new Line(paired);
    setLine(opened);
    return () => opened.close();
  }, [paired]);
  return line ? <Open line={line} forget={forget} /> : <main aria-busy="true" />;
}

function Open({ line, forget }: { line: Line; forget: () => void }) {
  const state = useLine(line);
  if (state.link === 'removed') return <RemovedPage waiting={state.waiting} again={forget} />;
  return <ScanPage line={line} state={state} forget={forget} />;
}

function Elsewhere({ here }: { here: () => void }) {
  const { t } = useTranslation('gate');
  return (
    <>
      <PageHead home="/gate" />
      <main className="narrow stack">
        <h1>{t('elsewhere.title')}</h1>
        <p>{t('elsewhere.text')}</p>
        <button className="button main" onClick={here}>
          {t('elsewhere.here')}
        </button>
      </main>
    </>
  );
}

/** An invitation in the address is taken out of it at once: neither history nor a screenshot shall keep it. */
function takeInvitation(): Invitation | undefined {
  const invited = location.hash.length > 1 ? readInvitation(location.hash) : undefined;
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return invited;
}
