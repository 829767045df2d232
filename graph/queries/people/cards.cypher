// The printed cards of one person, and of those linked to the person, newest first.
//
// Params:  person
// Rows:    id, kind, issuedAtMs, expiresAtMs, revokedAtMs      epoch milliseconds, null while not revoked
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-()-[:HOLDS]->(c:Card)
RETURN c.id AS id, c.kind AS kind, c.issuedAt AS issuedAtMs, c.expiresAt AS expiresAtMs, c.revokedAt AS revokedAtMs
ORDER BY c.issuedAt DESC, c.id
