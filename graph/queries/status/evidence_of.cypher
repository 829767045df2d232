// The facts that were told of a person and of who is the same person, oldest first, with who told them.
//
// Params:  person
// Rows:    id, kind, sealed, key it opens under, by, createdAt, heldAt, hold
// Needs:   constraint person_id

MATCH (p:Person {id: $person})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})
MATCH (root)<-[:SAME_AS*0..]-(q)-[:HAS]->(e:Evidence)
WHERE q.key IS NOT NULL
RETURN e.id AS id, e.kind AS kind, e.sealed AS sealed, q.key AS key, e.by AS by, e.createdAt AS createdAt,
       e.heldAt AS heldAt, e.hold AS hold
ORDER BY e.at, e.id
