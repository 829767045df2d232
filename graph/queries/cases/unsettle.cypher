// Marks cases as due that changed stays may touch. Those that wait for being traced, or are being traced, are left: what
// they find is compared with these changes. Closed ones are frozen.
//
// Params:  ids, atMs
// Rows:    id      cases to trace
// Needs:   constraint case_id

UNWIND $ids AS id
MATCH (c:Case {id: id})
SET c.id = c.id
WITH c
WHERE c.retractedAt IS NULL AND c.tracedVersion = c.version AND (c.closesAt IS NULL OR c.closesAt > toInteger($atMs))
SET c.version = c.version + 1, c.dueAt = toInteger($atMs)
RETURN c.id AS id
