// The calls that were made to a person, the last first.
//
// Params:  person
// Rows:    id, outcome, atMs, sealed, key, by
// Needs:   constraint person_id

MATCH (p:Person {id: $person})<-[:TO]-(k:Call)
WHERE p.key IS NOT NULL
RETURN k.id AS id, k.outcome AS outcome, k.at AS atMs, k.sealed AS sealed, p.key AS key, k.by AS by
ORDER BY atMs DESC, id
