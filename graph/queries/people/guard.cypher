// Makes somebody the guardian of a dependant.
//
// Params:  guardian, dependant, by, atMs
// Rows:    id      none when one of the two is not known, or the dependant is a guardian of the guardian
// Needs:   constraint person_id

MATCH (g:Person {id: $guardian})
MATCH (d:Person {id: $dependant})
WHERE g <> d AND g.key IS NOT NULL AND d.key IS NOT NULL AND NOT (d)-[:GUARDS]->(g)
MERGE (g)-[guards:GUARDS]->(d)
  ON CREATE SET guards.at = toInteger($atMs), guards.by = $by
RETURN d.id AS id
