// The cases that stand and are counted from a day at or after an instant.
//
// Params:  sinceMs
// Rows:    id
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND coalesce(c.sampledAt, c.onset) >= toInteger($sinceMs)
RETURN c.id AS id
