// Whom texts name: those known by an identifier, or else the one of an internal id; somebody linked to another is that
// other.
//
// Params:  named [{text, key, id}]      `key` of an identifier: system and keyed hash, or null
// Rows:    text, id, unit      one per text and person
// Needs:   constraint identifier_key, constraint person_id

UNWIND $named AS one
OPTIONAL MATCH (:Identifier {key: one.key})<-[:KNOWN_BY]-(known:Person)
OPTIONAL MATCH (meant:Person {id: one.id})
WITH one, coalesce(known, meant) AS given
WHERE given IS NOT NULL
MATCH (p:Person {id: coalesce(given.canonical, given.id)}) WHERE p.erasedAt IS NULL
RETURN DISTINCT one.text AS text, p.id AS id,
       coalesce(p.unit, head(COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) WHERE o.unit IS NOT NULL RETURN o.unit ORDER BY o.id })) AS unit
