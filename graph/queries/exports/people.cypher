// The sealed records of many people at once, for the ids that files know them by.
//
// Params:  ids
// Rows:    id, key, sealed      one per person
// Needs:   constraint person_id

UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN p.id AS id, p.key AS key, p.sealed AS sealed
