// Cases as they stand.
//
// Params:  ids
// Rows:    id, person, unit, onset, sampledAt, isolatedAt, confirmedAt, retractedAt, reason, version, tracedVersion,
//          tracedAt, closesAt, counts      one per case that is there; counts by level from 1
// Needs:   constraint case_id

UNWIND $ids AS id
MATCH (c:Case {id: id})-[:OF]->(p:Person)
RETURN c.id AS id, coalesce(p.canonical, p.id) AS person, c.unit AS unit, c.onset AS onset, c.sampledAt AS sampledAt,
       c.isolatedAt AS isolatedAt, c.confirmedAt AS confirmedAt, c.retractedAt AS retractedAt, c.reason AS reason,
       c.version AS version, c.tracedVersion AS tracedVersion, c.tracedAt AS tracedAt, c.closesAt AS closesAt,
       coalesce(c.counts, []) AS counts
