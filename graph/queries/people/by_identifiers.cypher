// Everybody known by any of these identifiers, as their sealed records stand; an erased person is known
// by nothing any more.
//
// Params:  keys      of identifiers: system and keyed hash
// Rows:    id, version, key, sealed, verified, unit      one per person
// Needs:   constraint identifier_key

UNWIND $keys AS key
MATCH (:Identifier {key: key})<-[:KNOWN_BY]-(p:Person)
WITH DISTINCT p
RETURN p.id AS id, p.version AS version, p.key AS key, p.sealed AS sealed, p.verified AS verified, p.unit AS unit
