// How many cases are not traced as they stand, or not compared yet with what changed meanwhile.
//
// Params:  none
// Rows:    unsettled
// Needs:   index case_due

MATCH (c:Case)
WHERE c.dueAt >= 0
RETURN count(*) AS unsettled
