// People who met an open case themselves and whom nobody has reached about it, a page at a time: first those whom
// nobody tried to reach, then those of the highest dose.
//
// Params:  units      null: of all
//          nowMs      cases that were closed by then are left out
//          after      {tried, dose, person} of the last row before, or null
//          limit
// Rows:    person, key, tried (0 or 1), dose (the highest), exposures      those nobody was reached about
//          tries [{id, outcome, atMs, sealed}]      the last first
// Needs:   constraint case_id

MATCH (c:Case)
WHERE c.retractedAt IS NULL AND (c.closesAt IS NULL OR c.closesAt > toInteger($nowMs))
  AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
MATCH (c)<-[x:EXPOSED]-(p:Person)
WHERE x.level = 1 AND p.key IS NOT NULL AND NOT EXISTS { (p)<-[:TO]-(:Call {outcome: 'reached'})-[:ABOUT]->(c) }
WITH p, max(coalesce(x.dose, 0.0)) AS dose, collect(c) AS cases,
     collect({case: c.id, dose: coalesce(x.dose, 0.0), minutes: x.minutes, atMs: x.at, lastAtMs: x.lastAt,
              venue: coalesce(x.venue, '')}) AS exposures
WITH p, dose, exposures, COLLECT {
  MATCH (p)<-[:TO]-(k:Call)
  WHERE EXISTS { MATCH (k)-[:ABOUT]->(c:Case) WHERE c IN cases }
  RETURN {id: k.id, outcome: k.outcome, atMs: k.at, sealed: k.sealed} ORDER BY k.at DESC, k.id
} AS tries
WITH p, dose, exposures, tries, CASE WHEN size(tries) > 0 THEN 1 ELSE 0 END AS tried
WHERE $after IS NULL OR tried > $after.tried
   OR (tried = $after.tried AND (dose < $after.dose OR (dose = $after.dose AND p.id > $after.person)))
RETURN p.id AS person, p.key AS key, tried, dose, exposures, tries
ORDER BY tried, dose DESC, person
LIMIT toInteger($limit)
