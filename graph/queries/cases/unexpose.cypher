// Removes exposures of a case; the versions of their people rise.
//
// Params:  id, people
// Rows:    none
// Needs:   constraint case_id, constraint person_id

UNWIND $people AS person
MATCH (p:Person {id: person})-[x:EXPOSED]->(:Case {id: $id})
SET p.version = p.version + 1
DELETE x
