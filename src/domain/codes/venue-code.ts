/** The poster of a venue: `https://<host>/v/<code>` (SPEC 2.6); identifies a place, and is no person's code. */
export interface VenueCode {
  kind: 'venue-code';
  code: string;
}

const form = /^https?:\/\/[^/?#\s]{1,253}\/v\/([a-z0-9]{4,32})$/i;

/** Reads a venue's address; undefined when it is something else. */
export function readVenueCode(text: string): VenueCode | undefined {
  const code = form.exec(text)?.[1];
  return code === undefined ? undefined : { kind: 'venue-code', code: code.toLowerCase() };
}
