// The cases that stand, are not closed, and whose exposures are those of their facts.
//
// Params:  atMs
// Rows:    id
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND c.dueAt IS NULL AND (c.closesAt IS NULL OR c.closesAt > toInteger($atMs))
RETURN c.id AS id
