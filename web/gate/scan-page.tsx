import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DemoMark } from '../shared/page.js';
import { useWakeLock } from '../shared/screen.js';
import { AnswerScreen } from './answer-screen.js';
import { useDoor } from './door.js';
import { GroupSheet } from './group-sheet.js';
import { HeadcountCard } from './headcount-card.js';
import { useWedge } from './keyboard.js';
import type { Line } from './line.js';
import type { LineState } from './line-state.js';
import { GateHead, LineBars } from './line-bars.js';
import { NoPhoneSheet } from './no-phone-sheet.js';
import { RecentList } from './recent-list.js';
import { useSettings, type Settings } from './settings.js';
import { SettingsSheet } from './settings-sheet.js';
import { allowSound } from './signals.js';
import { Viewfinder } from '../shared/viewfinder.js';

type Sheet = 'settings' | 'no-phone' | undefined;

/** The page at the door. */
export function ScanPage({ line, state, forget }: { line: Line; state: LineState; forget: () => void }) {
  const { t } = useTranslation('gate');
  const [settings, change] = useSettings();
  const [sheet, setSheet] = useState<Sheet>();
  const [group, setGroup] = useState<string[]>();
  const catching =
    group && ((code: string) => setGroup((before) => (before?.includes(code) ? before : [...(before ?? []), code])));
  const door = useDoor(line, settings, catching);
  const field = useRef<HTMLInputElement>(null);
  useWedge(field, sheet === undefined, door.typed);
  useWakeLock();
  useEffect(() => {
    addEventListener('pointerdown', allowSound);
    addEventListener('keydown', allowSound);
    return () => {
      removeEventListener('pointerdown', allowSound);
      removeEventListener('keydown', allowSound);
    };
  }, []);
  const close = () => setSheet(undefined);
  // The camera goes on while a sheet is open, which would lie over the answer.
  useEffect(() => {
    if (door.onScreen) close();
  }, [door.onScreen]);
  return (
    <div className="gate">
      <DemoMark />
      <GateHead state={state} settings={() => setSheet('settings')} />
      <LineBars line={line} state={state} />
      <main className="door">
        <div className="lens">
          {settings.camera ? (
            <Viewfinder deviceId={settings.cameraId} seen={door.seen} />
          ) : (
            <section className="viewfinder none">
              <p className="no-picture">{t('camera.off')}</p>
            </section>
          )}
          <Wedge field={field} read={door.typed} />
        </div>
        <div className="panel">
          {group ? (
            <GroupSheet codes={group} change={setGroup} scanAll={door.scanAll} settings={settings} />
          ) : (
            <HeadcountCard state={state} />
          )}
          <Ways state={state} settings={settings} change={change} />
          <div className="row ways">
            <button className="button grow" onClick={() => setGroup([])}>
              {t('group.start')}
            </button>
            <button className="button grow" onClick={() => setSheet('no-phone')}>
              {t('noPhone.start')}
            </button>
          </div>
          <RecentList line={line} recent={door.recent} undone={door.undone} />
        </div>
      </main>
      {door.onScreen && (
        <AnswerScreen onScreen={door.onScreen} settings={settings} letIn={door.letIn} clear={door.clear} />
      )}
      {sheet === 'settings' && <SettingsSheet {...{ state, settings, change, close, forget }} />}
      {sheet === 'no-phone' && (
        <NoPhoneSheet token={line.token} isOnline={state.link === 'online'} read={door.typed} close={close} />
      )}
    </div>
  );
}

/** The field that hardware readers type into; a phone's own keyboard opens for whoever touches it. */
function Wedge({ field, read }: { field: React.RefObject<HTMLInputElement | null>; read: (code: string) => void }) {
  const { t } = useTranslation('gate');
  const [isByHand, setByHand] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = field.current!.value.trim();
    field.current!.value = '';
    if (code) read(code);
  };
  return (
    <form className="wedge" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="wedge">
        {t('wedge.label')}
      </label>
      <input
        id="wedge"
        ref={field}
        className="input"
        placeholder={t('wedge.hint')}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputMode={isByHand ? 'text' : 'none'}
        enterKeyHint="send"
        onPointerDown={() => setByHand(true)}
        onBlur={() => setByHand(false)}
      />
      <button className="button">{t('wedge.enter')}</button>
    </form>
  );
}

/** In, out or automatic, and the zone this gate leads into. */
function Ways({
  state,
  settings,
  change,
}: {
  state: LineState;
  settings: Settings;
  change: (some: Partial<Settings>) => void;
}) {
  const { t } = useTranslation('gate');
  const zones = state.known?.hello.zones ?? [];
  return (
    <>
      <fieldset className="switch">
        <legend className="visually-hidden">{t('direction.label')}</legend>
        {(['in', 'auto', 'out'] as const).map((direction) => (
          <label key={direction}>
            <input
              type="radio"
              name="direction"
              checked={settings.direction === direction}
              onChange={() => change({ direction })}
            />
            <span>{t(`direction.${direction}`)}</span>
          </label>
        ))}
      </fieldset>
      {zones.length > 0 && (
        <fieldset className="zones">
          <legend className="visually-hidden">{t('zone.label')}</legend>
          {['', ...zones].map((zone) => (
            <label key={zone}>
              <input type="radio" name="zone" checked={settings.zone === zone} onChange={() => change({ zone })} />
              <span>{zone || t('zone.none')}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
