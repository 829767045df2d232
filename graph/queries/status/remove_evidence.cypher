// Takes one fact away from a person, or from who is the same person, and the version rises; its id is kept, so that it
// does not come back.
//
// Params:  person, id
//          by, atMs      which account took it back, and when
// Rows:    version      none when the person has no such fact
// Needs:   constraint person_id, constraint evidence_id, constraint retraction_id

MATCH (p:Person)-[:HAS]->(e:Evidence {id: $id})
WHERE coalesce(p.canonical, p.id) = $person
SET p.version = p.version + 1
MERGE (r:Retraction {id: e.id})
ON CREATE SET r.by = $by, r.at = toInteger($atMs)
DETACH DELETE e
RETURN p.version AS version
