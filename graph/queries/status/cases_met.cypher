// The cases whose tracing facts about these people may change: those they are exposed to, and their own.
//
// Params:  people
// Rows:    case
// Needs:   constraint person_id

UNWIND $people AS id
MATCH (p:Person {id: id})
CALL (p) {
  MATCH (p)-[:EXPOSED]->(c:Case)
  RETURN c
  UNION
  MATCH (c:Case)-[:OF]->(p)
  RETURN c
}
WITH DISTINCT c
WHERE c.retractedAt IS NULL
RETURN c.id AS case
