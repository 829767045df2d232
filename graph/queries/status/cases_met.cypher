// The cases whose tracing a fact about this person may change: those they are exposed to, and their own.
//
// Params:  person
// Rows:    case
// Needs:   constraint person_id

MATCH (p:Person {id: $person})
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
