// The facts that were told of a person, oldest first, with who told them.
//
// Params:  person
// Rows:    id, kind, sealed, by, createdAt, heldAt, hold
// Needs:   constraint person_id

MATCH (:Person {id: $person})-[:HAS]->(e:Evidence)
RETURN e.id AS id, e.kind AS kind, e.sealed AS sealed, e.by AS by, e.createdAt AS createdAt, e.heldAt AS heldAt,
       e.hold AS hold
ORDER BY e.at, e.id
