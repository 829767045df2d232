// Takes one fact away from a person, or from who is the same person, and the person's version rises.
//
// Params:  person, id
// Rows:    version      none when the person has no such fact
// Needs:   constraint person_id, constraint evidence_id

MATCH (p:Person)-[:HAS]->(e:Evidence {id: $id})
WHERE coalesce(p.canonical, p.id) = $person
SET p.version = p.version + 1
DETACH DELETE e
RETURN p.version AS version
