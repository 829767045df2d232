// Keeps what was known of people at a version, once per version: the first to write it is right. Whether it hangs on its
// person is asked of the version, on which nothing else hangs.
//
// Params:  rows      {person, version, sealed: evidence and verdict under the person's key}; each once
//          atMs      since when this version stands, epoch milliseconds
// Rows:    none
// Needs:   constraint person_id, constraint status_key

UNWIND $rows AS row
MATCH (p:Person {id: row.person})
MERGE (s:Status {key: row.person + '|' + toString(toInteger(row.version))})
ON CREATE SET s.version = toInteger(row.version), s.sealed = row.sealed, s.at = toInteger($atMs)
WITH p, s
WHERE NOT EXISTS { (s)<-[:WAS]-() }
CREATE (p)-[:WAS]->(s)
