// The cases whose tracing a fact about this person may change: those they are exposed to, and their own; with those of
// everybody who is the same person.
//
// Params:  person
// Rows:    case
// Needs:   constraint person_id

MATCH (p:Person {id: $person})
MATCH (:Person {id: coalesce(p.canonical, p.id)})<-[:SAME_AS*0..]-(same)
CALL (same) {
  MATCH (same)-[:EXPOSED]->(c:Case)
  RETURN c
  UNION
  MATCH (c:Case)-[:OF]->(same)
  RETURN c
}
WITH DISTINCT c
WHERE c.retractedAt IS NULL
RETURN c.id AS case
