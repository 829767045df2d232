// What waits for a decision, or was decided: a page by id, of people of some units.
//
// Params:  units      codes, or null for the whole country
//          state      open, decided or dismissed
//          kind       conflict, suggestion, or null for both
//          after, limit
// Rows:    id, kind, state, reasons, sealed, key, people, createdAtMs, decision, decidedBy, decidedAtMs      `sealed`
//          opens under `key`; `people` are those whom it is about, as whom they count now
// Needs:   index repair_state

MATCH (r:Repair)
WHERE r.state = $state AND r.id > $after AND ($kind IS NULL OR coalesce(r.kind, 'conflict') = $kind)
  AND ($units IS NULL OR NOT EXISTS {
    MATCH (r)-[:ABOUT]->(p:Person) WHERE p.unit IS NOT NULL AND NOT p.unit IN $units
  })
WITH r ORDER BY r.id LIMIT toInteger($limit)
WITH r, COLLECT { MATCH (r)-[:ABOUT]->(p:Person) RETURN p ORDER BY p.id } AS about
RETURN r.id AS id, coalesce(r.kind, 'conflict') AS kind, r.state AS state, r.reasons AS reasons, r.sealed AS sealed,
       head(about).key AS key, [p IN about | {id: p.id, root: coalesce(p.canonical, p.id)}] AS people,
       r.createdAt AS createdAtMs, r.decision AS decision, r.decidedBy AS decidedBy, r.decidedAt AS decidedAtMs
ORDER BY id
