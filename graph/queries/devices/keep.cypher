// Keeps where a device of a person is told by Web Push; the oldest beyond the most that one person has are forgotten.
//
// Params:  person, id, sealed, atMs
//          most
// Rows:    id      none when there is no such person
// Needs:   constraint person_id, constraint device_id

MATCH (p:Person {id: $person})
MERGE (d:Device {id: $id})
SET d.sealed = $sealed, d.at = toInteger($atMs)
WITH p, d
CALL (p, d) {
  OPTIONAL MATCH (other:Person)-[was:HAS]->(d)
  WHERE other <> p
  DELETE was
}
MERGE (p)-[:HAS]->(d)
WITH p
CALL (p) {
  MATCH (p)-[:HAS]->(old:Device)
  WITH old ORDER BY old.at DESC SKIP toInteger($most)
  DETACH DELETE old
}
RETURN $id AS id
