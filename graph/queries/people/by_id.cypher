// One person, as the sealed records stand. Somebody linked to another is that other.
//
// Params:  id
// Rows:    id, version, key, sealed, verified, unit, others [{key, sealed, verified}]      one or none; `others` are the
//          records of those linked to the person
// Needs:   constraint person_id

MATCH (given:Person {id: $id})
MATCH (p:Person {id: coalesce(given.canonical, given.id)})
WITH p, COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS others
RETURN p.id AS id, p.version AS version, p.key AS key, p.sealed AS sealed,
       p.verified AS verified, coalesce(p.unit, head([o IN others WHERE o.unit IS NOT NULL | o.unit])) AS unit,
       [o IN others WHERE o.key IS NOT NULL AND o.sealed IS NOT NULL | {key: o.key, sealed: o.sealed, verified: o.verified}] AS others
