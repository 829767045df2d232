// Puts wrapped keys in place of those that were read, where nobody erased the person meanwhile: the key within is the
// same, so nothing that is sealed under it changes.
//
// Params:  rows      {id, was, key}
// Rows:    id      of those that were changed
// Needs:   constraint person_id

UNWIND $rows AS row
MATCH (p:Person {id: row.id})
SET p.id = p.id
WITH p, row
WHERE p.key = row.was
SET p.key = row.key
RETURN p.id AS id
