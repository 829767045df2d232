// People with evidence that waits in a hold, a page at a time.
//
// Params:  id, after, limit
// Rows:    person      ascending
// Needs:   index evidence_hold, index exposed_hold

CALL () {
  MATCH (p:Person)-[:HAS]->(:Evidence {hold: $id})
  RETURN p.id AS person
  UNION
  MATCH (p:Person)-[:EXPOSED {hold: $id}]->(:Case)
  RETURN p.id AS person
}
WITH person WHERE person > $after
RETURN person
ORDER BY person
LIMIT toInteger($limit)
