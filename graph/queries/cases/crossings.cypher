// The places where several cases exposed people themselves, those of most cases first.
//
// Params:  units (null: all), limit
// Rows:    venue, cases
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
MATCH (c)<-[x:EXPOSED]-(:Person)
WHERE x.level = 1
WITH x.venue AS venue, count(DISTINCT c) AS cases
WHERE cases > 1
RETURN venue, cases
ORDER BY cases DESC, venue
LIMIT toInteger($limit)
