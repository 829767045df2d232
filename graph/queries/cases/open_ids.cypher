// The cases that stand.
//
// Params:  none
// Rows:    id
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL
RETURN c.id AS id
