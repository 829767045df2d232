// Keeps a call to somebody about cases.
//
// Params:  id, person, outcome, sealed (null: no note), by
//          cases      ids
//          atMs      epoch milliseconds
// Rows:    none
// Needs:   constraint person_id, constraint call_id, constraint case_id

MATCH (p:Person {id: $person})
CREATE (k:Call {id: $id, outcome: $outcome, sealed: $sealed, by: $by, at: toInteger($atMs)})-[:TO]->(p)
WITH k
UNWIND $cases AS id
MATCH (c:Case {id: id})
CREATE (k)-[:ABOUT]->(c)
