// The people of units of whom something is known, with all that their colours rest on (as status/evidence).
//
// Params:  units      null: people without a unit
// Rows:    id, unit, verified, key, evidence {sealed, held}, cases, exposures
// Needs:   index person_unit, constraint venue_id

MATCH (p:Person)
WHERE ($units IS NULL AND p.unit IS NULL) OR p.unit IN $units
WITH p,
     COLLECT { MATCH (p)-[:HAS]->(e:Evidence) WHERE p.key IS NOT NULL
               RETURN {id: e.id, sealed: e.sealed, key: p.key, held: e.heldAt IS NOT NULL} } AS evidence,
     COLLECT { MATCH (c:Case)-[:OF]->(p) WHERE c.retractedAt IS NULL
               RETURN {case: c.id, at: coalesce(c.onset, c.sampledAt), isolatedAt: c.isolatedAt} } AS cases,
     COLLECT { MATCH (p)-[x:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL
               OPTIONAL MATCH (v:Venue {id: x.venue})
               RETURN {case: c.id, level: x.level, at: x.at, lastAt: x.lastAt, minutes: x.minutes, trust: x.trust,
                       dose: x.dose, setting: v.setting, held: x.heldAt IS NOT NULL} } AS exposures
WHERE size(evidence) > 0 OR size(cases) > 0 OR size(exposures) > 0
RETURN p.id AS id, p.unit AS unit, p.verified AS verified, p.key AS key, evidence, cases, exposures
