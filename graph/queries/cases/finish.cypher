// The exposures of a case are those of its facts at a version; a later version is still due. It stays due until the
// stays that changed since the trace began have been compared with what it found (cases/settle).
//
// Params:  id, version, counts, closesAt, atMs
//          since         positions of the streams of facts: what was folded by then has been seen
// Rows:    none
// Needs:   constraint case_id

MATCH (c:Case {id: $id})
SET c.tracedVersion = toInteger($version), c.tracedAt = toInteger($atMs), c.closesAt = toInteger($closesAt),
    c.counts = [count IN $counts | toInteger(count)], c.since = $since
