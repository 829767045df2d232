// Marks cases as due: their exposures may no longer be right. `inFlight` marks all that are being traced as well, for
// they may have read before what changed.
//
// Params:  ids, inFlight, atMs
// Rows:    id      cases to trace
// Needs:   constraint case_id, index case_due

CALL () {
  UNWIND $ids AS id
  MATCH (c:Case {id: id})
  RETURN c
  UNION
  MATCH (c:Case)
  WHERE c.dueAt >= 0 AND $inFlight
  RETURN c
}
WITH DISTINCT c
ORDER BY c.id
SET c.version = c.version + 1, c.dueAt = toInteger($atMs)
RETURN c.id AS id
