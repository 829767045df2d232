// One thing that waits for a decision, or was decided.
//
// Params:  id
// Rows:    as repairs/list, and the units of its people
// Needs:   index repair_id

MATCH (r:Repair {id: $id})
WITH r, COLLECT { MATCH (r)-[:ABOUT]->(p:Person) RETURN p ORDER BY p.id } AS about
RETURN r.id AS id, coalesce(r.kind, 'conflict') AS kind, r.state AS state, r.reasons AS reasons, r.sealed AS sealed,
       head(about).key AS key, [p IN about | {id: p.id, root: coalesce(p.canonical, p.id)}] AS people,
       r.createdAt AS createdAtMs, r.decision AS decision, r.decidedBy AS decidedBy, r.decidedAt AS decidedAtMs,
       [p IN about WHERE p.unit IS NOT NULL | p.unit] AS units
