// Hangs the kept stays of a person on whom the person counts as now, and remembers whose fact they are.
//
// Params:  person
// Rows:    none
// Needs:   constraint person_id, index stay_of

MATCH (p:Person {id: $person})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})
CALL (p) {
  MATCH (p)-[s:AT]->(d:VenueDay)
  WHERE s.kept AND s.of IS NULL
  RETURN p AS on, s, d
  UNION
  MATCH (on:Person)-[s:AT {of: $person}]->(d:VenueDay)
  RETURN on, s, d
}
WITH p, root, on, s, d
WHERE on <> root
CREATE (root)-[hung:AT]->(d)
SET hung = properties(s), hung.of = CASE WHEN root = p THEN null ELSE p.id END
DELETE s
