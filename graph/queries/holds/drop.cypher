// Evidence that waits in a hold about these people is taken back, for good; exposures, which are derived, stay held as
// long as tracing finds them. Versions rise.
//
// Params:  id, people, by, atMs
// Rows:    person
// Needs:   constraint person_id, constraint retraction_id

UNWIND $people AS person
MATCH (p:Person {id: person})
SET p.version = p.version + 1
WITH p
CALL (p) {
  MATCH (p)-[:HAS]->(e:Evidence {hold: $id})
  MERGE (r:Retraction {id: e.id})
  ON CREATE SET r.by = $by, r.at = toInteger($atMs)
  DETACH DELETE e
}
CALL (p) {
  MATCH (p)-[x:EXPOSED {hold: $id}]->(:Case)
  SET x.hold = null
}
RETURN p.id AS person
