// People with an account of their own, who are told of changes as they happen; a page at a time, by id.
//
// Params:  after, limit
// Rows:    id
// Needs:   constraint person_id

MATCH (p:Person)
WHERE p.id > $after AND EXISTS { MATCH (:Account)-[:IS]->(p) }
RETURN p.id AS id
ORDER BY id
LIMIT toInteger($limit)
