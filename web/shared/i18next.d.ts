import 'i18next';
import type checkin from '../text/vi/checkin.json';
import type citizen from '../text/vi/citizen.json';
import type gate from '../text/vi/gate.json';
import type officer from '../text/vi/officer.json';
import type owner from '../text/vi/owner.json';
import type shared from '../text/vi/shared.json';

/** A key that no text has does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: {
      checkin: typeof checkin;
      citizen: typeof citizen;
      gate: typeof gate;
      officer: typeof officer;
      owner: typeof owner;
      shared: typeof shared;
    };
  }
}
