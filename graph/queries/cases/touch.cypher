// Marks cases as due: their exposures may no longer be right.
//
// Params:  ids, atMs
// Rows:    id      cases to trace
// Needs:   constraint case_id

UNWIND $ids AS id
MATCH (c:Case {id: id})
WITH DISTINCT c
ORDER BY c.id
SET c.version = c.version + 1, c.dueAt = toInteger($atMs)
RETURN c.id AS id
