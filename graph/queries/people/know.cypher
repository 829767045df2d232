// Makes identifiers lead to people. Setting a property locks the identifier before its holders are looked at, so two
// transactions cannot both give it away.
//
// Params:  rows      {person, key, system, strong}
// Rows:    key      only of strong identifiers that belong to somebody else: the transaction must then be undone
// Needs:   constraint person_id, constraint identifier_key

UNWIND $rows AS row
MATCH (p:Person {id: row.person})
MERGE (i:Identifier {key: row.key})
SET i.system = row.system, i.strong = row.strong
WITH p, i, row, row.strong AND EXISTS { MATCH (i)<-[:KNOWN_BY]-(other:Person) WHERE other <> p } AS taken
MERGE (p)-[:KNOWN_BY]->(i)
WITH row, taken
WHERE taken
RETURN row.key AS key
