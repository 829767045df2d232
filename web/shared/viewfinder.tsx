import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCamera, type Camera } from './camera.js';
import './viewfinder.css';

interface Props {
  deviceId: string | undefined;
  /** Every code in view, frame by frame. */
  seen: (texts: string[]) => void;
}

/** The picture of the camera with its frame, or what to do where there is none. */
export function Viewfinder({ deviceId, seen }: Props) {
  const { t } = useTranslation('shared');
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video, deviceId, seen);
  return (
    <section className={`viewfinder ${camera.state}`} aria-label={t('camera.label')}>
      <video ref={video} muted playsInline aria-hidden="true" />
      {camera.state === 'on' ? (
        <>
          <div className="frame" aria-hidden="true">
            <i />
            <i />
            <i />
            <i />
          </div>
          <p className="aim">{t('camera.aim')}</p>
          <Tools camera={camera} />
        </>
      ) : (
        <div className="no-picture" role="status">
          <p>{t(`camera.${camera.state}`)}</p>
          {camera.state !== 'starting' && (
            <button className="button small" onClick={camera.again}>
              {t('camera.again')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Tools({ camera }: { camera: Camera }) {
  const { t } = useTranslation('shared');
  return (
    <div className="tools">
      {camera.torch !== undefined && (
        <button className="button small" aria-pressed={camera.torch} onClick={() => camera.setTorch(!camera.torch)}>
          {t(camera.torch ? 'camera.torchOff' : 'camera.torchOn')}
        </button>
      )}
      {camera.zoom && (
        <label className="zoom">
          <span className="visually-hidden">{t('camera.zoom')}</span>
          <input
            type="range"
            min={camera.zoom.min}
            max={camera.zoom.max}
            step="0.1"
            value={camera.zoom.now}
            onChange={(event) => camera.setZoom(Number(event.target.value))}
          />
        </label>
      )}
    </div>
  );
}
