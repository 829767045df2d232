// Appeals by when they came, oldest first: those of people of some units, open or answered.
//
// Params:  units      codes, or null for everybody
//          answered      which ones
//          afterMs, afterNumber      what the page comes after
//          limit
// Rows:    number, person, key, sealed, atMs, replyByMs, actByMs, answeredAtMs, answer
// Needs:   index appeal_at

MATCH (a:Appeal)-[:OF]->(p:Person)
WHERE a.at >= toInteger($afterMs) AND (a.at > toInteger($afterMs) OR a.number > $afterNumber)
  AND p.key IS NOT NULL AND (a.answeredAt IS NOT NULL) = $answered AND ($units IS NULL OR p.unit IN $units)
RETURN a.number AS number, p.id AS person, p.key AS key, a.sealed AS sealed, a.at AS atMs, a.replyBy AS replyByMs,
       a.actBy AS actByMs, a.answeredAt AS answeredAtMs, a.answer AS answer
ORDER BY atMs, number
LIMIT toInteger($limit)
