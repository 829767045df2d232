// Other facts about cases that stand; their people's versions rise.
//
// Params:  rows      {id, onset, sampledAt, isolatedAt}      all three as they are from now on
//          atMs
// Rows:    id      of every case that was there and stands
// Needs:   constraint case_id

UNWIND $rows AS row
MATCH (c:Case {id: row.id})-[:OF]->(p:Person)
WHERE c.retractedAt IS NULL
SET c.onset = toInteger(row.onset), c.sampledAt = toInteger(row.sampledAt), c.isolatedAt = toInteger(row.isolatedAt),
    c.version = c.version + 1, c.dueAt = toInteger($atMs), p.version = p.version + 1
RETURN c.id AS id
