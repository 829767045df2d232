// Keeps a record that contradicts what is known, until a person decides; the same contradiction told again is one.
//
// Params:  rows      {id, key, people, reasons, sealed}: key is a keyed hash of the record and its people,
//                    reasons is JSON text, sealed is the record under the first person's key
//          atMs      epoch milliseconds
// Rows:    key, id      one per contradiction, the id it had before if it was told before
// Needs:   constraint repair_key, constraint person_id

UNWIND $rows AS row
MERGE (r:Repair {key: row.key})
  ON CREATE SET r.id = row.id, r.state = 'open', r.reasons = row.reasons, r.sealed = row.sealed, r.createdAt = toInteger($atMs)
WITH r, row
CALL (r, row) {
  UNWIND row.people AS person
  MATCH (p:Person {id: person})
  MERGE (r)-[:ABOUT]->(p)
}
RETURN r.key AS key, r.id AS id
