// One case that stands, if there is any.
//
// Params:  none
// Rows:    id      one or none
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL
RETURN c.id AS id
LIMIT 1
