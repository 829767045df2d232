import { useEffect, useState } from 'react';

/** One tab at a time is the gate of this device: two would send the same queue and count the same code twice. */
const lock = 'vetxanh.gate';

export type Lead = 'waiting' | 'mine' | 'elsewhere';

/** Whether this tab is the gate, and how it becomes so. Where browsers have no locks there is nothing to hold. */
export function useLead(): [Lead, () => void] {
  const [lead, setLead] = useState<Lead>(navigator.locks ? 'waiting' : 'mine');
  const [takes, setTakes] = useState(0);
  useEffect(() => {
    if (!navigator.locks) return;
    let isOver = false;
    let release: () => void = () => undefined;
    const held = () =>
      new Promise<void>((resolve) => {
        release = resolve;
        if (isOver) resolve();
        else setLead('mine');
      });
    const tell = () => !isOver && setLead('elsewhere');
    if (takes) navigator.locks.request(lock, { steal: true }, held).catch(tell);
    else {
      // Another tab that closes hands over by itself.
      const late = setTimeout(tell, 400);
      navigator.locks
        .request(lock, () => {
          clearTimeout(late);
          return held();
        })
        .catch(tell);
    }
    return () => {
      isOver = true;
      release();
    };
  }, [takes]);
  return [lead, () => setTakes((before) => before + 1)];
}
