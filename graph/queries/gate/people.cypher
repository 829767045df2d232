// The records of many people at once, as gates need them.
//
// Params:  ids
// Rows:    id, version, key, sealed, verified, unit      none for somebody who is not known
// Needs:   constraint person_id

UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN p.id AS id, p.version AS version, p.key AS key, p.sealed AS sealed, p.verified AS verified, p.unit AS unit
