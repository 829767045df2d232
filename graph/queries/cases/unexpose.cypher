// Removes exposures of a case; the versions of their people rise.
//
// Params:  id, people
// Rows:    person      of every exposure that was there
// Needs:   constraint case_id, constraint person_id

UNWIND $people AS person
MATCH (p:Person {id: person})-[x:EXPOSED]->(:Case {id: $id})
SET p.version = p.version + 1
DELETE x
RETURN p.id AS person
