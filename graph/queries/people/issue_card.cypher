// Remembers a printed card, so that it can be listed and revoked.
//
// Params:  person, card      ids
//          kind              printed
//          issuedAtMs, expiresAtMs      epoch milliseconds
// Rows:    id      none when there is no such person
// Needs:   constraint person_id, constraint card_id

MATCH (p:Person {id: $person})
CREATE (p)-[:HOLDS]->(c:Card {
  id: $card, kind: $kind, issuedAt: toInteger($issuedAtMs), expiresAt: toInteger($expiresAtMs)
})
RETURN c.id AS id
