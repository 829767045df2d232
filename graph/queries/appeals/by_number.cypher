// One appeal.
//
// Params:  number
// Rows:    number, person, key, sealed, atMs, replyByMs, actByMs, answeredAtMs, answer      none or one
// Needs:   constraint appeal_number

MATCH (a:Appeal {number: $number})-[:OF]->(p:Person)
WHERE p.key IS NOT NULL
RETURN a.number AS number, p.id AS person, p.key AS key, a.sealed AS sealed, a.at AS atMs, a.replyBy AS replyByMs,
       a.actBy AS actByMs, a.answeredAt AS answeredAtMs, a.answer AS answer
