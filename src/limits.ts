/** What a gate keeps to and the server holds it to; apart from the schemas, for the pages need the numbers alone. */

/** The longest code a gate sends on: an EU certificate stays under 4,000 characters (assumption, with room). */
export const maxCodeLength = 8_192;

/** The most scans an offline gate uploads in one request (API.md). */
export const maxUpload = 500;

/** How long after its arrival a scan may be taken back (API.md). */
export const undoWithinMs = 2 * 60_000;
