/** Queries about venues. */
export const venues = {};
