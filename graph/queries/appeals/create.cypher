// Takes an appeal of a person.
//
// Params:  person, number, sealed
//          atMs, replyByMs, actByMs      epoch milliseconds
// Rows:    number      none when there is no such person
// Needs:   constraint person_id, constraint appeal_number

MATCH (p:Person {id: $person})
CREATE (a:Appeal {
  number: $number, sealed: $sealed, at: toInteger($atMs), replyBy: toInteger($replyByMs), actBy: toInteger($actByMs)
})-[:OF]->(p)
RETURN a.number AS number
