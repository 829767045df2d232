// The cases that stand, closed ones too.
//
// Params:  none
// Rows:    id, closesAt
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL
RETURN c.id AS id, c.closesAt AS closesAt
