/**
 * The push services of the browsers, by origin; `*` stands for one or more names. Messages go nowhere else, so that
 * nobody can make the server call an address of theirs. Source: the endpoints of Chrome, Firefox, Edge and Safari.
 */
export const usualPushServices = [
  'https://fcm.googleapis.com',
  'https://jmt17.google.com',
  'https://updates.push.services.mozilla.com',
  'https://*.push.services.mozilla.com',
  'https://*.notify.windows.com',
  'https://web.push.apple.com',
  'https://*.push.apple.com',
];

/** Whether an address belongs to one of these services. */
export function isPushService(endpoint: string, services: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { origin, username } = new URL(endpoint);
  return username === '' && services.some((service) => fits(origin, service));
}

function fits(origin: string, service: string): boolean {
  const [before = '', after] = service.split('*');
  if (after === undefined) return origin === service;
  return origin.startsWith(before) && origin.endsWith(after) && origin.length > before.length + after.length;
}
