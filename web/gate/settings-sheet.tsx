import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { LanguageButton } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import type { LineState } from './line-state.js';
import type { Settings } from './settings.js';
import { mayVibrate, signal } from './signals.js';

interface Props {
  state: LineState;
  settings: Settings;
  change: (some: Partial<Settings>) => void;
  close: () => void;
  forget: () => void;
}

/** How this device behaves; all of it is kept on the device. */
export function SettingsSheet({ state, settings, change, close, forget }: Props) {
  const { t } = useTranslation('gate');
  const { known, waiting } = state;
  const policy = known?.hello.policy
    ? `${known.hello.policy.id} ${known.hello.policy.version}`
    : t('settings.noPolicy');
  return (
    <Sheet title={t('settings.title')} close={close}>
      <label className="field">
        <span>
          {t('settings.seconds')} <b>{t('settings.secondsValue', { count: settings.answerSeconds })}</b>
        </span>
        <input
          type="range"
          min={1}
          max={5}
          value={settings.answerSeconds}
          onChange={(event) => change({ answerSeconds: Number(event.target.value) })}
        />
      </label>
      <Tick label={t('settings.sound')} on={settings.sound} change={(sound) => change({ sound })} />
      {mayVibrate() && (
        <Tick label={t('settings.vibration')} on={settings.vibration} change={(vibration) => change({ vibration })} />
      )}
      <Tick label={t('settings.useCamera')} on={settings.camera} change={(camera) => change({ camera })} />
      <CameraChoice settings={settings} change={change} />
      <div className="row">
        <LanguageButton />
      </div>
      <button className="button" onClick={() => void playAll()}>
        {t('settings.tryAll')}
      </button>
      <p className="soft small">
        {t('settings.about', { time: known ? showInstant(known.heardAt) : t('settings.never'), policy })}
      </p>
      <button
        className="button danger"
        onClick={() => confirm(t('settings.unpairSure', { count: waiting })) && forget()}
      >
        {t('settings.unpair')}
      </button>
    </Sheet>
  );
}

const Tick = ({ label, on, change }: { label: string; on: boolean; change: (on: boolean) => void }) => (
  <label className="tick">
    <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} />
    <span>{label}</span>
  </label>
);

function CameraChoice({ settings, change }: Pick<Props, 'settings' | 'change'>) {
  const { t } = useTranslation('gate');
  const [cameras, setCameras] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const read = (all: MediaDeviceInfo[]) =>
      setCameras(all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId));
    void navigator.mediaDevices?.enumerateDevices().then(read, () => undefined);
  }, []);
  if (cameras.length < 2) return null;
  return (
    <label className="field">
      <span>{t('settings.cameraChoice')}</span>
      <select
        className="input"
        value={settings.cameraId ?? ''}
        onChange={(event) => change({ cameraId: event.target.value || undefined })}
      >
        <option value="">{t('settings.cameraUsual')}</option>
        {cameras.map(({ deviceId, label }, at) => (
          <option key={deviceId} value={deviceId}>
            {label || t('settings.cameraNumber', { number: at + 1 })}
          </option>
        ))}
      </select>
    </label>
  );
}

async function playAll(): Promise<void> {
  for (const tone of ['green', 'yellow', 'red', 'grey', 'trouble'] as const) {
    signal(tone, { sound: true, vibration: true });
    await new Promise((resolve) => setTimeout(resolve, 900));
  }
}
