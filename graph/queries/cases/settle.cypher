// What the traces of cases found still holds after all that changed meanwhile: unless somebody changed them or has begun
// to trace them anew, they are no longer due.
//
// Params:  ids, generations      columns of one length
// Rows:    id
// Needs:   constraint case_id

UNWIND range(0, size($ids) - 1) AS i
MATCH (c:Case {id: $ids[i]})
SET c.id = c.id
WITH c, i
WHERE c.generation = toInteger($generations[i]) AND c.tracedVersion = c.version
SET c.dueAt = null
RETURN c.id AS id
