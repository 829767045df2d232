// Whom people count as: those who are linked to nobody are not told.
//
// Params:  ids
// Rows:    id, root
// Needs:   constraint person_id

UNWIND $ids AS id
MATCH (p:Person {id: id})
WHERE p.canonical IS NOT NULL
RETURN id, p.canonical AS root
