// Puts another sealed detail in place of the one that was read, and the person's version rises, which locks them
// before the detail is compared.
//
// Params:  person, id
//          was, sealed      the detail as it was read, and as it shall be
// Rows:    version      none when somebody changed the fact in between
// Needs:   constraint person_id, constraint evidence_id

MATCH (p:Person)-[:HAS]->(e:Evidence {id: $id})
WHERE coalesce(p.canonical, p.id) = $person
SET p.version = p.version + 1
WITH p, e
WHERE e.sealed = $was
SET e.sealed = $sealed
RETURN p.version AS version
