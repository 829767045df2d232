// All that folding of these people needs: where an earlier cut left off, their scans, their folded stays.
//
// Params:  people      ids
// Rows:    person, base, baseBeforeMs, scans [[packed line]], stays      none for somebody who is not known
// Needs:   constraint person_id

UNWIND $people AS id
MATCH (p:Person {id: id})
CALL (p) {
  OPTIONAL MATCH (p)-[s:AT]->(:VenueDay)-[:OF]->(v:Venue)
  WHERE NOT s.kept
  RETURN collect(DISTINCT CASE WHEN s IS NULL THEN null ELSE {
    id: s.id, venue: v.id, zone: s.zone, in: s.in, out: s.out, assumed: s.assumed, open: s.open, trust: s.trust
  } END) AS stays
}
RETURN p.id AS person, p.base AS base, p.baseBefore AS baseBeforeMs,
       [(p)-[:HAS]->(d:PersonDay) | d.scans] AS scans, stays
