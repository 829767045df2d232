// Revokes a card; the first instant stands.
//
// Params:  card, atMs      epoch milliseconds
// Rows:    none
// Needs:   constraint card_id

MATCH (c:Card {id: $card})
SET c.revokedAt = coalesce(c.revokedAt, toInteger($atMs))
