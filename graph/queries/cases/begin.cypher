// Begins tracing a case: whoever traces it already loses their turn.
//
// Params:  id
// Rows:    generation, beside the fields of cases/by_ids      none when there is no such case
// Needs:   constraint case_id

MATCH (c:Case {id: $id})-[:OF]->(p:Person)
SET c.generation = c.generation + 1
RETURN c.generation AS generation, c.id AS id, coalesce(p.canonical, p.id) AS person, c.unit AS unit,
       c.onset AS onset, c.sampledAt AS sampledAt, c.isolatedAt AS isolatedAt, c.confirmedAt AS confirmedAt, c.retractedAt AS retractedAt, c.reason AS reason,
       c.version AS version, c.tracedVersion AS tracedVersion, c.tracedAt AS tracedAt, c.closesAt AS closesAt,
       coalesce(c.counts, []) AS counts
