import { ask } from '../shared/api.js';

/** Whether this device is told of news while the page is closed; `unable` where the browser or the address does not allow it. */
export type PushState = 'unable' | 'refused' | 'off' | 'on';

const storedAs = 'vetxanh.device';

const isAble = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

export function pushState(): PushState {
  if (!isAble()) return 'unable';
  if (Notification.permission === 'denied') return 'refused';
  return Notification.permission === 'granted' && localStorage.getItem(storedAs) ? 'on' : 'off';
}

/** Asks the reader, then the browser's push service, then tells the API where; throws when one of them does not want. */
export async function turnOn(token: string): Promise<PushState> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return pushState();
  const [{ pushKey }, registration] = await Promise.all([
    ask<{ pushKey: string }>('GET /about'),
    navigator.serviceWorker.ready,
  ]);
  const known = await registration.pushManager.getSubscription();
  const subscription =
    known ??
    (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(pushKey) }));
  const { endpoint, keys } = subscription.toJSON();
  const body = { endpoint, keys: { p256dh: keys?.['p256dh'], auth: keys?.['auth'] } };
  const { id } = await ask<{ id: string }>('POST /me/devices', { token, body });
  localStorage.setItem(storedAs, id);
  return 'on';
}

/** A device that takes messages says so again whenever its page opens: the server may have let it go meanwhile. */
export async function renewDevice(token: string): Promise<void> {
  if (pushState() === 'on') await turnOn(token).catch(() => undefined);
}

/** The server forgets this device first, then the browser does. */
export async function turnOff(token: string): Promise<PushState> {
  await forgetDevice(token);
  return pushState();
}

/** Whoever logs out is told no more on this device; a server that does not answer is no reason to stay logged in. */
export async function forgetDevice(token: string): Promise<void> {
  const id = localStorage.getItem(storedAs);
  if (id === null) return;
  localStorage.removeItem(storedAs);
  await ask(`DELETE /me/devices/${id}`, { token }).catch(() => undefined);
  const registration = await navigator.serviceWorker.getRegistration('/citizen');
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe().catch(() => undefined);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
