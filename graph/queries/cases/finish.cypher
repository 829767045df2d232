// The exposures of a case are those of its facts at a version; a later version is still due.
//
// Params:  id, version, counts, closesAt, atMs
// Rows:    none
// Needs:   constraint case_id

MATCH (c:Case {id: $id})
SET c.tracedVersion = toInteger($version), c.tracedAt = toInteger($atMs), c.closesAt = toInteger($closesAt),
    c.counts = [count IN $counts | toInteger(count)],
    c.dueAt = CASE WHEN c.version = toInteger($version) THEN null ELSE c.dueAt END
