// Keeps a call to somebody, about every open case of units that they met and nobody has reached them about.
//
// Params:  id, person, outcome, sealed (null: no note), by
//          units (null: all), nowMs
// Rows:    case, unit      none when nobody waits for this call
// Needs:   constraint person_id, constraint call_id

MATCH (p:Person {id: $person})-[x:EXPOSED]->(c:Case)
WHERE x.level = 1 AND p.key IS NOT NULL AND c.retractedAt IS NULL
  AND (c.closesAt IS NULL OR c.closesAt > toInteger($nowMs)) AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
  AND NOT EXISTS { (p)<-[:TO]-(:Call {outcome: 'reached'})-[:ABOUT]->(c) }
WITH p, collect(c) AS cases
WHERE size(cases) > 0
CREATE (k:Call {id: $id, outcome: $outcome, sealed: $sealed, by: $by, at: toInteger($nowMs)})-[:TO]->(p)
WITH k, cases
UNWIND cases AS c
CREATE (k)-[:ABOUT]->(c)
RETURN c.id AS case, c.unit AS unit
