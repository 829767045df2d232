// The wrapped keys of people, a page at a time by id.
//
// Params:  after, limit
// Rows:    id, key      ascending; none of who was erased
// Needs:   constraint person_id

MATCH (p:Person)
WHERE p.id > $after AND p.key IS NOT NULL
RETURN p.id AS id, p.key AS key
ORDER BY id
LIMIT toInteger($limit)
