// Exposures of a case that were just written wait in holds.
//
// Params:  case, rows {person, hold}, atMs
// Rows:    none
// Needs:   constraint case_id, constraint person_id

UNWIND $rows AS row
MATCH (:Person {id: row.person})-[x:EXPOSED]->(:Case {id: $case})
SET x.heldAt = toInteger($atMs), x.hold = row.hold
