// The links that were ever made about a person, newest first.
//
// Params:  person
// Rows:    id, joined, into, by, atMs, undoneAtMs, undoneBy, reason, undoneReason, key      the reasons open under
//          `key`; null once the person who keeps it was erased
// Needs:   constraint person_id

MATCH (root:Person {id: $person})<-[:SAME_AS*0..]-(q)
MATCH (q)<-[:JOINED|INTO]-(m:Merge)
WITH DISTINCT m
MATCH (joined:Person)<-[:JOINED]-(m)-[:INTO]->(into:Person)
RETURN m.id AS id, joined.id AS joined, into.id AS into, m.by AS by, m.at AS atMs, m.undoneAt AS undoneAtMs,
       m.undoneBy AS undoneBy, m.reason AS reason, m.undoneReason AS undoneReason, into.key AS key
ORDER BY atMs DESC, id
