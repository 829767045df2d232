// Cases whose traces are done, and not compared yet with the stays that changed meanwhile.
//
// Params:  limit
// Rows:    generation, since (positions of the streams of facts), beside the fields of cases/by_ids
// Needs:   index case_due

MATCH (c:Case)-[:OF]->(p:Person)
WHERE c.dueAt >= 0 AND c.tracedVersion = c.version
WITH c, p LIMIT toInteger($limit)
RETURN c.generation AS generation, coalesce(c.since, []) AS since, c.id AS id, coalesce(p.canonical, p.id) AS person,
       c.unit AS unit, c.onset AS onset, c.sampledAt AS sampledAt, c.isolatedAt AS isolatedAt,
       c.confirmedAt AS confirmedAt, c.retractedAt AS retractedAt, c.reason AS reason, c.version AS version,
       c.tracedVersion AS tracedVersion, c.tracedAt AS tracedAt, c.closesAt AS closesAt, coalesce(c.counts, []) AS counts
