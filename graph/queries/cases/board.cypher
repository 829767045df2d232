// The cases of units, those without a unit too, in numbers.
//
// Params:  units      null: of all
// Rows:    counts (by level from 1), waits (not traced as it stands), cases      one per kind of case that stands
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
RETURN coalesce(c.counts, []) AS counts, c.dueAt IS NOT NULL AND coalesce(c.tracedVersion, 0) <> c.version AS waits, count(*) AS cases
