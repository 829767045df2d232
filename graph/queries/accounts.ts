/** Queries about accounts. */
export const accounts = {};
