// What kind of fact this is, and which account told it.
//
// Params:  person, id
// Rows:    kind, by      none when the person has no such fact
// Needs:   constraint person_id, constraint evidence_id

MATCH (:Person {id: $person})-[:HAS]->(e:Evidence {id: $id})
RETURN e.kind AS kind, e.by AS by
