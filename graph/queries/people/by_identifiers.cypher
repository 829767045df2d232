// Everybody known by any of these identifiers, as their sealed records stand; an erased person is known by nothing any
// more, and somebody linked to another is that other.
//
// Params:  keys      of identifiers: system and keyed hash
// Rows:    id, version, key, sealed, verified, unit, others [{key, sealed, verified}]      one per person; `others` are the
//          records of those linked to the person
// Needs:   constraint identifier_key, constraint person_id

UNWIND $keys AS key
MATCH (:Identifier {key: key})<-[:KNOWN_BY]-(given:Person)
WITH DISTINCT coalesce(given.canonical, given.id) AS id
MATCH (p:Person {id: id})
WITH p, COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS others
RETURN p.id AS id, p.version AS version, p.key AS key, p.sealed AS sealed,
       p.verified AS verified, coalesce(p.unit, head([o IN others WHERE o.unit IS NOT NULL | o.unit])) AS unit,
       [o IN others WHERE o.key IS NOT NULL AND o.sealed IS NOT NULL | {key: o.key, sealed: o.sealed, verified: o.verified}] AS others
