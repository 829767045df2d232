// One person, as the sealed record stands.
//
// Params:  id
// Rows:    id, version, key, sealed, verified, unit      one or none
// Needs:   constraint person_id

MATCH (p:Person {id: $id})
RETURN p.id AS id, p.version AS version, p.key AS key, p.sealed AS sealed, p.verified AS verified, p.unit AS unit
