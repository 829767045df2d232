// Replaces the sealed records of people who are still at the version they were read at. The version rises first,
// which locks the person before it is compared.
//
// Params:  rows      {id, version, sealed, nameKeys, verified}
// Rows:    id      only of those that were changed: a missing one was changed by somebody else in between
// Needs:   constraint person_id

UNWIND $rows AS row
MATCH (p:Person {id: row.id})
SET p.version = p.version + 1
WITH p, row
WHERE p.version = toInteger(row.version) + 1
SET p.sealed = row.sealed, p.nameKeys = row.nameKeys, p.verified = row.verified
RETURN p.id AS id
