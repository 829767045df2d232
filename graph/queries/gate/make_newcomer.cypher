// Describes somebody whom a gate met first: a new person, or one of whom nothing but scans is known yet. Their
// identifiers follow in the same transaction (people/know).
//
// Params:  id, key, sealed, nameKeys
//          atMs      epoch milliseconds
// Rows:    id      none when somebody described this person before, or erased them
// Needs:   constraint person_id

MERGE (p:Person {id: $id})
  ON CREATE SET p.version = 0, p.verified = false
WITH p
WHERE p.createdAt IS NULL
SET p.version = p.version + 1, p.key = $key, p.sealed = $sealed, p.nameKeys = $nameKeys, p.createdAt = toInteger($atMs)
RETURN p.id AS id
