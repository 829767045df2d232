// Makes identifiers that several people may have, such as a phone, lead to people whom they did not lead to before.
//
// Params:  rows      {person, key, system}: weak identifiers
// Rows:    none
// Needs:   constraint person_id, constraint identifier_key

UNWIND $rows AS row
MERGE (i:Identifier {key: row.key})
  ON CREATE SET i.system = row.system, i.strong = false
WITH i, row
MATCH (p:Person {id: row.person})
CREATE (p)-[:KNOWN_BY]->(i)
