// Several people, as people/by_id.
//
// Params:  ids
// Rows:    id, version, key, sealed, verified, unit, others [{key, sealed, verified}]      one per person
// Needs:   constraint person_id

UNWIND $ids AS asked
MATCH (given:Person {id: asked})
WITH DISTINCT coalesce(given.canonical, given.id) AS id
MATCH (p:Person {id: id})
WITH p, COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS others
RETURN p.id AS id, p.version AS version, p.key AS key, p.sealed AS sealed, p.verified AS verified,
       coalesce(p.unit, head([o IN others WHERE o.unit IS NOT NULL | o.unit])) AS unit,
       [o IN others WHERE o.key IS NOT NULL AND o.sealed IS NOT NULL | {key: o.key, sealed: o.sealed, verified: o.verified}] AS others
