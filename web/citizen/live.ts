import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useState } from 'react';
import type { Socket } from 'socket.io-client';
import type {
  CitizenNotice,
  CitizenStatus,
  CitizenToServer,
  Reply,
  Resumed,
  ServerToCitizen,
} from '../../src/events.js';
import { openSocket } from '../shared/live-socket.js';
import { keep, keepStatus, readKept } from './kept.js';
import { Own } from './own.js';

/** How long an answer to `resume` may take (assumption). */
const patienceMs = 5_000;

/** What has changed since it was last seen. */
export type Change =
  | { kind: 'colour'; from: CitizenStatus['colour']; to: CitizenStatus['colour'] }
  | { kind: 'rule' }
  | { kind: 'another-reason' };

/** Listens for the own colour: whether news arrives by itself now, and what has changed. */
export function useLive() {
  const { token, ended } = useContext(Own);
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [change, setChange] = useState<Change>();
  useEffect(() => {
    const take = (status: CitizenStatus) => {
      setChange((before) => changeSince(status) ?? before);
      client.setQueryData<CitizenStatus>(['status'], (known) =>
        known && known.version > status.version ? known : status,
      );
      keepStatus(status);
      // The document behind the rule is not in the news.
      void client.invalidateQueries({ queryKey: ['status'] });
      void client.invalidateQueries({ queryKey: ['history'] });
    };
    const { socket, close } = openSocket<Socket<ServerToCitizen, CitizenToServer>>('/citizen', token, {
      connected: () =>
        void resume(socket, take).then(
          () => {
            setLive(true);
            void client.invalidateQueries({ queryKey: ['card'] });
            void client.invalidateQueries({ queryKey: ['family'] });
          },
          () => setLive(false),
        ),
      lost: () => setLive(false),
      removed: ended,
    });
    socket.on('status', take);
    socket.on('notice', ({ kind }: CitizenNotice) => setChange({ kind }));
    return close;
  }, [token, ended, client]);
  const noted = () => {
    const { status } = readKept();
    if (status) keep({ seen: { colour: status.colour, rule: status.rule } });
    setChange(undefined);
  };
  return { isLive, change, noted };
}

/** The colour as it stands; somebody without a person yet gets one by asking for the card. */
async function resume(
  socket: Socket<ServerToCitizen, CitizenToServer>,
  take: (status: CitizenStatus) => void,
): Promise<void> {
  const version = readKept().status?.version ?? 0;
  const timed = socket.timeout(patienceMs) as unknown as {
    emitWithAck: (event: string, body: unknown) => Promise<Reply<Resumed, string>>;
  };
  const reply = await timed.emitWithAck('resume', { version });
  if (reply.ok) take(reply.data.status);
}

/** What is another than when it was last seen; the first colour ever is no change. */
function changeSince({ colour, rule }: CitizenStatus): Change | undefined {
  const { seen } = readKept();
  if (!seen) return undefined;
  if (seen.colour !== colour) return { kind: 'colour', from: seen.colour, to: colour };
  return seen.rule === rule ? undefined : { kind: 'rule' };
}
