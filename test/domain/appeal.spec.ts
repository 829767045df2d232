import { describe, expect, it } from '@jest/globals';
import { isPushService, usualPushServices } from '../../config/push-services.js';
import { vapidKeys } from '../../config/vapid.js';
import { appealClocks } from '../../src/domain/appeal.js';

const local = (text: string) => Date.parse(`${text}+07:00`);

describe('the clocks of an appeal', () => {
  it.each([
    ['on a Monday morning', '2021-10-04T09:00:00', '2021-10-07T00:00:00', '2021-10-20T00:00:00'],
    [
      'on a Thursday: Saturday and Sunday do not count',
      '2021-10-07T09:00:00',
      '2021-10-12T00:00:00',
      '2021-10-23T00:00:00',
    ],
    ['on a Saturday', '2021-10-09T23:59:59', '2021-10-13T00:00:00', '2021-10-25T00:00:00'],
    ['in the last second of a day', '2021-12-30T23:59:59', '2022-01-04T00:00:00', '2022-01-15T00:00:00'],
  ])('%s', (_, at, replyBy, actBy) => {
    const clocks = appealClocks(local(at), 'Asia/Ho_Chi_Minh');
    expect(clocks).toEqual({ replyByMs: local(replyBy), actByMs: local(actBy) });
  });
});

describe('a push service', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://wns2-sg2p.notify.windows.com/w/?token=abc', true],
    ['https://web.push.apple.com/abc', true],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/x', false],
    ['https://fcm.googleapis.com.example.org/x', false],
    ['https://evilnotify.windows.com/x', false],
    ['https://.notify.windows.com/x', false],
    ['https://user@fcm.googleapis.com/x', false],
    ['https://example.org/?x=https://web.push.apple.com', false],
    ['http://169.254.169.254/latest', false],
    ['nonsense', false],
  ])('%s: %s', (endpoint, is) => {
    expect(isPushService(endpoint, usualPushServices)).toBe(is);
  });
});

describe('the key that push services know us by', () => {
  it('is the same for one installation, another for another, and a pair on P-256', () => {
    const keys = vapidKeys({ lookup: Buffer.alloc(32, 1).toString('base64url') });
    expect(vapidKeys({ lookup: Buffer.alloc(32, 1).toString('base64url') })).toEqual(keys);
    expect(vapidKeys({ lookup: Buffer.alloc(32, 2).toString('base64url') })).not.toEqual(keys);
    expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65);
    expect(Buffer.from(keys.privateKey, 'base64url')).toHaveLength(32);
  });
});
