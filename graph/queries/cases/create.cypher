// Confirms a case of a person, whose version rises: being a case is evidence. The same id again changes nothing.
//
// Params:  rows      {id, person, unit, onset, sampledAt, isolatedAt}      instants in epoch milliseconds or null
//          atMs
// Rows:    id      of every case that was made
// Needs:   constraint case_id, constraint person_id

UNWIND $rows AS row
MATCH (p:Person {id: row.person})
WHERE NOT EXISTS { MATCH (:Case {id: row.id}) }
SET p.version = p.version + 1
CREATE (c:Case {id: row.id, unit: coalesce(p.unit, row.unit), onset: toInteger(row.onset),
                sampledAt: toInteger(row.sampledAt), isolatedAt: toInteger(row.isolatedAt),
                confirmedAt: toInteger($atMs), version: 1, generation: 0, dueAt: toInteger($atMs)})-[:OF]->(p)
RETURN c.id AS id
