// Cases that wait for being traced since before an instant: their job was lost.
//
// Params:  beforeMs
// Rows:    id
// Needs:   index case_due

MATCH (c:Case)
WHERE c.dueAt < toInteger($beforeMs) AND coalesce(c.tracedVersion, 0) <> c.version
RETURN c.id AS id
