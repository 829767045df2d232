// The open cases a call to somebody is about: those of units that they met themselves and nobody has reached them about.
//
// Params:  person      id
//          units      null: of all
//          nowMs      cases that were closed by then are left out
// Rows:    case, unit, key      none when nobody waits for this call
// Needs:   constraint person_id

MATCH (p:Person {id: $person})-[x:EXPOSED]->(c:Case)
WHERE x.level = 1 AND p.key IS NOT NULL AND c.retractedAt IS NULL
  AND (c.closesAt IS NULL OR c.closesAt > toInteger($nowMs)) AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
  AND NOT EXISTS { (p)<-[:TO]-(:Call {outcome: 'reached'})-[:ABOUT]->(c) }
RETURN DISTINCT c.id AS case, c.unit AS unit, p.key AS key
