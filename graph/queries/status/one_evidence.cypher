// One fact of a person, as it lies sealed.
//
// Params:  person, id
// Rows:    kind, sealed      none when the person has no such fact
// Needs:   constraint person_id, constraint evidence_id

MATCH (:Person {id: $person})-[:HAS]->(e:Evidence {id: $id})
RETURN e.kind AS kind, e.sealed AS sealed
