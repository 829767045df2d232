// Adds one fact to a person, and the person's version rises, which also locks them.
//
// Params:  person
//          id, label, kind, sealed      the fact: its detail sealed under the person's key
//          fromMs, untilMs      when it holds; untilMs null: without an end
//          by, atMs      which account told it, and when
// Rows:    id, version      none when there is no such person; the same id again changes nothing
// Needs:   constraint person_id, constraint evidence_id

MATCH (p:Person {id: $person})
WHERE NOT EXISTS { MATCH (:Evidence {id: $id}) }
SET p.version = p.version + 1
CREATE (p)-[:HAS]->(e:Evidence {id: $id, kind: $kind, sealed: $sealed, at: toInteger($fromMs),
                                until: toInteger($untilMs), by: $by, createdAt: toInteger($atMs)})
SET e:$($label)
RETURN e.id AS id, p.version AS version
