// The people behind many identifiers at once, without their records.
//
// Params:  keys      of identifiers: system and keyed hash
// Rows:    key, id      one per identifier and person
// Needs:   constraint identifier_key

UNWIND $keys AS key
MATCH (:Identifier {key: key})<-[:KNOWN_BY]-(p:Person)
RETURN key, p.id AS id
