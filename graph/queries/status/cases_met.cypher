// The cases whose tracing facts about these people may change: those they are exposed to, and their own; with those of
// everybody who is the same person.
//
// Params:  people
// Rows:    case
// Needs:   constraint person_id

UNWIND $people AS id
MATCH (p:Person {id: id})
MATCH (:Person {id: coalesce(p.canonical, p.id)})<-[:SAME_AS*0..]-(same)
WITH DISTINCT same
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
