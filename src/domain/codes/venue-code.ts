/** The poster of a venue, or its screen (SPEC 2.6); identifies a place, and is no person's code. */
export interface VenueCode {
  kind: 'venue-code';
  code: string;
  /** Of a screen whose code changes: which span of time it is for, and what proves that the screen shows it now. */
  rotating?: RotatingPart;
}

export interface RotatingPart {
  /** Which span since 1970, of `rotatingMs` each. */
  span: number;
  /** 8 bytes as base64url: a keyed hash of code and span, which only the server can make and check. */
  proof: string;
}

/** How long a screen shows one code: long enough to take the phone out, too short to be passed on (assumption). */
export const rotatingMs = 30_000;

const form = /^https?:\/\/[^/?#\s]{1,253}\/v\/([a-z0-9]{4,32})(?:\/([0-9a-z]{1,9})-([A-Za-z0-9_-]{11}))?\/?$/i;

/**
 * Reads a venue's address, `https://<host>/v/<code>` on a poster and `https://<host>/v/<code>/<span>-<proof>` on a
 * screen, the span in base 36; undefined when it is something else.
 */
export function readVenueCode(text: string): VenueCode | undefined {
  const [, code, span, proof] = form.exec(text) ?? [];
  if (code === undefined) return undefined;
  const venue: VenueCode = { kind: 'venue-code', code: code.toLowerCase() };
  return span === undefined ? venue : { ...venue, rotating: { span: parseInt(span, 36), proof: proof! } };
}

/** What follows a poster's address on a screen. */
export const rotatingPath = ({ span, proof }: RotatingPart): string => `/${span.toString(36)}-${proof}`;
