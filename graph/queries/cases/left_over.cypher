// Exposures of cases that were taken back and traced since: there should be none.
//
// Params:  none
// Rows:    case, exposures
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NOT NULL AND c.dueAt IS NULL
MATCH (c)<-[x:EXPOSED]-(:Person)
RETURN c.id AS case, count(x) AS exposures
ORDER BY case
