// The appeals of a person, and of those linked to the person, newest first; those that can be read.
//
// Params:  person
// Rows:    number, person, key, sealed, atMs, replyByMs, actByMs, answeredAtMs, answer      `answer` sealed; both null while open
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-(p)<-[:OF]-(a:Appeal)
WHERE p.key IS NOT NULL
RETURN a.number AS number, p.id AS person, p.key AS key, a.sealed AS sealed, a.at AS atMs, a.replyBy AS replyByMs,
       a.actBy AS actByMs, a.answeredAt AS answeredAtMs, a.answer AS answer
ORDER BY atMs DESC, number
