// What waits in a hold about these people counts from now on; their versions rise.
//
// Params:  id, people
// Rows:    person
// Needs:   constraint person_id

UNWIND $people AS person
MATCH (p:Person {id: person})
SET p.version = p.version + 1
WITH p
CALL (p) {
  MATCH (p)-[:HAS]->(e:Evidence {hold: $id})
  SET e.heldAt = null, e.hold = null
}
CALL (p) {
  MATCH (p)-[x:EXPOSED {hold: $id}]->(:Case)
  SET x.heldAt = null, x.hold = null
}
RETURN p.id AS person
