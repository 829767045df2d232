// People with scans, a page at a time.
//
// Params:  after (a person, or ''), limit
// Rows:    person, ascending
// Needs:   constraint person_id

MATCH (p:Person)
WHERE p.id > $after AND EXISTS { MATCH (p)-[:HAS]->(:PersonDay) }
RETURN p.id AS person
ORDER BY person
LIMIT toInteger($limit)
