// Cards that were revoked and have not ended by themselves yet: few, for cards that ended are not among them.
//
// Params:  atMs      epoch milliseconds
// Rows:    card, revokedAtMs, expiresAtMs
// Needs:   index card_revoked

MATCH (c:Card)
WHERE c.revokedAt IS NOT NULL AND c.expiresAt > toInteger($atMs)
RETURN c.id AS card, c.revokedAt AS revokedAtMs, c.expiresAt AS expiresAtMs
