// The people of units of whom something is known, with all that their colours rest on (as status/evidence). Those who
// are the same person are one, in the unit that the person counts in (as gate/people).
//
// Params:  units      null: people without a unit
// Rows:    id, unit, verified, key, evidence {sealed, held}, cases, exposures
// Needs:   index person_unit, constraint person_id, constraint venue_id

MATCH (q:Person)
WHERE ($units IS NULL AND q.unit IS NULL) OR q.unit IN $units
OPTIONAL MATCH (root:Person {id: q.canonical})
WITH DISTINCT coalesce(root, q) AS p
WITH p, [p] + COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
WITH p, same, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit
WHERE ($units IS NULL AND unit IS NULL) OR unit IN $units
WITH p, unit, any(o IN same WHERE o.verified) AS verified,
     COLLECT { UNWIND same AS o
               MATCH (o)-[:HAS]->(e:Evidence) WHERE o.key IS NOT NULL
               RETURN {id: e.id, sealed: e.sealed, key: o.key, held: e.heldAt IS NOT NULL} } AS evidence,
     COLLECT { UNWIND same AS o
               MATCH (c:Case)-[:OF]->(o) WHERE c.retractedAt IS NULL
               RETURN {case: c.id, at: coalesce(c.onset, c.sampledAt), isolatedAt: c.isolatedAt} } AS cases,
     COLLECT { UNWIND same AS o
               MATCH (o)-[x:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL
               OPTIONAL MATCH (v:Venue {id: x.venue})
               RETURN {case: c.id, level: x.level, at: x.at, lastAt: x.lastAt, minutes: x.minutes, trust: x.trust,
                       dose: x.dose, setting: v.setting, held: x.heldAt IS NOT NULL} } AS exposures
WHERE size(evidence) > 0 OR size(cases) > 0 OR size(exposures) > 0
RETURN p.id AS id, unit, verified, p.key AS key, evidence, cases, exposures
