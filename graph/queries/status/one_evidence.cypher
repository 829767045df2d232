// One fact of a person, or of somebody who is the same person, as it lies sealed.
//
// Params:  person, id
// Rows:    kind, sealed, key it opens under      none when the person has no such fact
// Needs:   constraint person_id, constraint evidence_id

MATCH (q:Person)-[:HAS]->(e:Evidence {id: $id})
WHERE coalesce(q.canonical, q.id) = $person AND q.key IS NOT NULL
RETURN e.kind AS kind, e.sealed AS sealed, q.key AS key
