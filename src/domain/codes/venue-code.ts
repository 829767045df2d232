/** The poster of a venue: `https://<host>/v/<code>` (SPEC 2.6); identifies a place, and is no person's code. */
export interface VenueCode {
  kind: 'venue-code';
  code: string;
  /** What a screen adds that shows another code every half minute. */
  proof?: string;
}

const form = /^https?:\/\/[^/?#\s]{1,253}\/v\/([a-z0-9]{4,32})(?:\?r=([\w-]{12}))?$/i;

/** Reads a venue's address; undefined when it is something else. */
export function readVenueCode(text: string): VenueCode | undefined {
  const [, code, proof] = form.exec(text) ?? [];
  if (code === undefined) return undefined;
  return { kind: 'venue-code', code: code.toLowerCase(), ...(proof !== undefined && { proof }) };
}
