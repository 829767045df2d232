// The newest version that is remembered of each of these people.
//
// Params:  people
// Rows:    person, version, sealed      none for who was never looked at
// Needs:   constraint person_id

MATCH (p:Person)-[:WAS]->(s:Status)
WHERE p.id IN $people
WITH p, s ORDER BY s.version DESC
WITH p, collect(s)[0] AS last
RETURN p.id AS person, last.version AS version, last.sealed AS sealed
