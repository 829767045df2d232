// How many of these cases are not traced as they stand.
//
// Params:  ids      null: of all
// Rows:    waiting
// Needs:   constraint case_id, index case_due

MATCH (c:Case)
WHERE c.dueAt >= 0 AND coalesce(c.tracedVersion, 0) <> c.version AND ($ids IS NULL OR c.id IN $ids)
RETURN count(*) AS waiting
