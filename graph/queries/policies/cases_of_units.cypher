// The cases that stand in units.
//
// Params:  units
// Rows:    id
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND c.unit IN $units
RETURN c.id AS id
