import { useEffect, useRef, useState, type RefObject } from 'react';
import { openDecoder, type Decoder } from './decoder.js';

/** Why there is no picture, or that there is one. */
export type CameraState = 'starting' | 'on' | 'refused' | 'none' | 'in-use' | 'insecure';

/** A pause between two looks, so that an old phone stays cool (assumption). */
const restMs = 30;

export interface Camera {
  state: CameraState;
  /** Undefined where the camera has no light. */
  torch: boolean | undefined;
  setTorch: (on: boolean) => void;
  /** Undefined where it cannot zoom. */
  zoom: { min: number; max: number; now: number } | undefined;
  setZoom: (to: number) => void;
  again: () => void;
}

type Capabilities = MediaTrackCapabilities & { torch?: boolean; zoom?: { min: number; max: number } };

/** Opens a camera onto a video element and tells every code in view, frame by frame. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  deviceId: string | undefined,
  seen: (texts: string[]) => void,
): Camera {
  const [state, setState] = useState<CameraState>('starting');
  const [track, setTrack] = useState<MediaStreamTrack>();
  const [tries, setTries] = useState(0);
  const tell = useRef(seen);
  tell.current = seen;
  useEffect(() => {
    const run = new Run(video.current!, (texts) => tell.current(texts));
    run.start(deviceId).then(
      (opened) => {
        if (!opened) return;
        setTrack(opened);
        setState('on');
        opened.addEventListener('ended', () => setState('in-use'));
      },
      (error: Error) => setState(whyNot(error)),
    );
    return () => run.stop();
  }, [video, deviceId, tries]);
  const again = () => {
    setState('starting');
    setTries((before) => before + 1);
  };
  return { state, again, ...useLens(track) };
}

/** The light and the zoom of a camera that is open. */
function useLens(track: MediaStreamTrack | undefined): Omit<Camera, 'state' | 'again'> {
  const [torch, setTorch] = useState<boolean>();
  const [zoom, setZoom] = useState<Camera['zoom']>();
  useEffect(() => {
    const can = (track?.getCapabilities?.() ?? {}) as Capabilities;
    setTorch(can.torch ? false : undefined);
    setZoom(can.zoom && can.zoom.max > can.zoom.min ? { ...can.zoom, now: can.zoom.min } : undefined);
  }, [track]);
  const constrain = (change: object) => void track?.applyConstraints({ advanced: [change] }).catch(() => undefined);
  return {
    torch,
    setTorch: (on) => {
      constrain({ torch: on });
      setTorch(on);
    },
    zoom,
    setZoom: (to) => {
      constrain({ zoom: to });
      setZoom(zoom && { ...zoom, now: to });
    },
  };
}

/** One use of a camera, from its opening to its end. */
class Run {
  private over = false;
  private stream: MediaStream | undefined;
  private decoder: Decoder | undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly seen: (texts: string[]) => void,
  ) {}

  async start(deviceId: string | undefined): Promise<MediaStreamTrack | undefined> {
    if (!navigator.mediaDevices) throw new DOMException('', isSecureContext ? 'NotFoundError' : 'SecurityError');
    const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } };
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: { ...which, ...size }, audio: false });
    this.stream = stream;
    if (this.over) return void this.stop();
    this.video.srcObject = stream;
    await this.video.play().catch(() => undefined);
    this.decoder = await openDecoder();
    if (this.over) return void this.stop();
    void this.look(this.decoder);
    return stream.getVideoTracks()[0];
  }

  stop(): void {
    this.over = true;
    this.decoder?.close();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  /** Every picture is looked at once: a slow camera, or a page that nobody sees, costs a phone nothing. */
  private async look(decoder: Decoder): Promise<void> {
    while (!this.over) {
      await nextPicture(this.video);
      const hasPicture = this.video.readyState >= 2 && this.video.videoWidth > 0 && !document.hidden;
      const texts = hasPicture ? await decoder.read(this.video).catch(() => []) : [];
      if (this.over) return;
      if (texts.length) this.seen(texts);
      await new Promise((resolve) => setTimeout(resolve, hasPicture ? restMs : 200));
    }
  }
}

/** Resolves when the camera has a picture that was not shown before; at once where the browser cannot tell. */
const nextPicture = (video: HTMLVideoElement): Promise<unknown> =>
  new Promise((resolve) =>
    'requestVideoFrameCallback' in video ? video.requestVideoFrameCallback(resolve) : resolve(0),
  );

function whyNot({ name }: Error): CameraState {
  if (name === 'NotAllowedError') return 'refused';
  if (name === 'SecurityError') return 'insecure';
  if (name === 'NotReadableError' || name === 'AbortError') return 'in-use';
  return 'none';
}
