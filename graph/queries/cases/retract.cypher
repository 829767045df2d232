// Takes a case back; the person's version rises, and from now on nobody's colour rests on it.
//
// Params:  id, reason, atMs
// Rows:    id      none when there is no such case or it was taken back before
// Needs:   constraint case_id

MATCH (c:Case {id: $id})-[:OF]->(p:Person)
SET c.id = c.id
WITH c, p
WHERE c.retractedAt IS NULL
SET c.retractedAt = toInteger($atMs), c.reason = $reason, c.version = c.version + 1, c.dueAt = toInteger($atMs),
    p.version = p.version + 1
RETURN c.id AS id
