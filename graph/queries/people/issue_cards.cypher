// Remembers printed cards, so that they can be listed and revoked.
//
// Params:  cards [{person, card}]      ids
//          kind              printed
//          issuedAtMs, expiresAtMs      epoch milliseconds
// Rows:    id      of a card; none where there is no such person
// Needs:   constraint person_id, constraint card_id

UNWIND $cards AS one
MATCH (p:Person {id: one.person})
CREATE (p)-[:HOLDS]->(c:Card {
  id: one.card, kind: $kind, issuedAt: toInteger($issuedAtMs), expiresAt: toInteger($expiresAtMs)
})
RETURN c.id AS id
