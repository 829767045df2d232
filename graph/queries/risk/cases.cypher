// How many cases that stand were confirmed in units within a time.
//
// Params:  units, fromMs, untilMs      [from, until)
// Rows:    cases
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND c.unit IN $units
  AND c.confirmedAt >= toInteger($fromMs) AND c.confirmedAt < toInteger($untilMs)
RETURN count(c) AS cases
