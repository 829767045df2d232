// Keeps a record that contradicts what is known, or two people who may be one, until a person decides; the same told
// again is one, also after it was decided.
//
// Params:  rows      {id, key, kind, people, reasons, sealed}: key is a keyed hash of what it is about, kind is conflict
//                    or suggestion, reasons is JSON text, sealed is the record under the first person's key or null
//          atMs      epoch milliseconds
// Rows:    key, id      one per row, the id it had before if it was told before
// Needs:   constraint repair_key, constraint person_id

UNWIND $rows AS row
MERGE (r:Repair {key: row.key})
  ON CREATE SET r.id = row.id, r.kind = row.kind, r.state = 'open', r.reasons = row.reasons, r.sealed = row.sealed,
                r.createdAt = toInteger($atMs)
// One that was told before is about its people already.
WITH r, row
CALL (r, row) {
  WITH r, row
  WHERE r.id = row.id
  UNWIND row.people AS person
  MATCH (p:Person {id: person})
  CREATE (r)-[:ABOUT]->(p)
}
RETURN r.key AS key, r.id AS id
