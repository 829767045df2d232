// Ends a guardianship, whoever of those who are the same person it was told of.
//
// Params:  guardian, dependant
// Rows:    id      none when there was none
// Needs:   constraint person_id

MATCH (:Person {id: $guardian})<-[:SAME_AS*0..]-(g)-[guards:GUARDS]->(d:Person)
WHERE coalesce(d.canonical, d.id) = $dependant
DELETE guards
RETURN DISTINCT $dependant AS id
