// People of whom something is known beside their name, a page at a time.
//
// Params:  after (a person, or ''), limit
// Rows:    person, ascending
// Needs:   constraint person_id

MATCH (p:Person)
WHERE p.id > $after AND EXISTS { (p)-[:HAS|EXPOSED|WAS]->() }
RETURN p.id AS person
ORDER BY person
LIMIT toInteger($limit)
