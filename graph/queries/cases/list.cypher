// Cases of units, those without a unit too, a page at a time.
//
// Params:  units      null: of all
//          states      whether those that stand, those taken back, or both: 'open', 'retracted', 'all'
//          after, limit
// Rows:    as cases/by_ids, by id
// Needs:   constraint case_id

MATCH (c:Case)-[:OF]->(p:Person)
WHERE c.id > $after AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
  AND ($states = 'all' OR ($states = 'open') = (c.retractedAt IS NULL))
RETURN c.id AS id, coalesce(p.canonical, p.id) AS person, c.unit AS unit, c.onset AS onset, c.sampledAt AS sampledAt,
       c.isolatedAt AS isolatedAt, c.confirmedAt AS confirmedAt, c.retractedAt AS retractedAt, c.reason AS reason,
       c.version AS version, c.tracedVersion AS tracedVersion, c.tracedAt AS tracedAt, c.closesAt AS closesAt,
       coalesce(c.counts, []) AS counts
ORDER BY c.id
LIMIT toInteger($limit)
