// The devices of people that are told by Web Push.
//
// Params:  people
// Rows:    id
// Needs:   constraint person_id

UNWIND $people AS person
MATCH (p:Person {id: person})-[:HAS]->(d:Device)
WHERE p.key IS NOT NULL
RETURN DISTINCT d.id AS id
