/** What a socket hears of every request that comes in. */
interface Hearing {
  onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
}

/** Answers what a namespace has no request for: every request has an acknowledgement (API.md). */
export function refuseUnknown(socket: Hearing, known: string): void {
  socket.onAny((event, ...args) => {
    const ack = args.at(-1);
    if (event === known || typeof ack !== 'function') return;
    (ack as (reply: object) => void)({ ok: false, error: 'bad-request', message: 'There is no request of that name.' });
  });
}
