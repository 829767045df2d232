/** Queries about presence. */
export const presence = {};
