// How many people met an open case themselves and were not reached about it yet.
//
// Params:  units (null: of all), nowMs
// Rows:    waiting
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND (c.closesAt IS NULL OR c.closesAt > toInteger($nowMs))
  AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
MATCH (c)<-[x:EXPOSED]-(p:Person)
WHERE x.level = 1 AND p.key IS NOT NULL AND NOT EXISTS { (p)<-[:TO]-(:Call {outcome: 'reached'})-[:ABOUT]->(c) }
RETURN count(DISTINCT p) AS waiting
