/** Queries about people. */
export const people = {};
