// Keeps what was known of people at a version, once per version: the first to write it is right.
//
// Params:  rows      {person, version, sealed: evidence and verdict under the person's key}
//          atMs      since when this version stands, epoch milliseconds
// Rows:    person      of every row whose person is there
// Needs:   constraint person_id, constraint status_key

UNWIND $rows AS row
MATCH (p:Person {id: row.person})
MERGE (s:Status {key: row.person + '|' + toString(toInteger(row.version))})
ON CREATE SET s.version = toInteger(row.version), s.sealed = row.sealed, s.at = toInteger($atMs)
MERGE (p)-[:WAS]->(s)
RETURN p.id AS person
