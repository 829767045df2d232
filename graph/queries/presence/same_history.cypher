// All that folding needs of people who may be several: the scans of everybody who is the same person together, from
// where the latest cut of one of them left off. Who is linked to another has no scans of their own.
//
// Params:  people      ids
// Rows:    person, base, baseBeforeMs, scans [[packed line]], stays      as presence/history
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
WITH p, stays, CASE WHEN p.canonical IS NULL
  THEN COLLECT { MATCH (p)<-[:SAME_AS*0..]-(q) RETURN q } ELSE [] END AS same
WITH p, stays, same, head(COLLECT {
  UNWIND same AS q WITH q WHERE q.baseBefore IS NOT NULL RETURN q ORDER BY q.baseBefore DESC, q.id
}) AS cut
RETURN p.id AS person, cut.base AS base, cut.baseBefore AS baseBeforeMs,
       COLLECT { UNWIND same AS q MATCH (q)-[:HAS]->(d:PersonDay) RETURN d.scans } AS scans, stays
