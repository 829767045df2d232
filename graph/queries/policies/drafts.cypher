// Drafts with what was found out and agreed about them.
//
// Params:  id      null: all
// Rows:    id, text, by, changedAt, approvals, simulatedAt, simulation (JSON), publishedAt
// Needs:   constraint draft_id

MATCH (d:Draft)
WHERE $id IS NULL OR d.id = $id
RETURN d.id AS id, d.text AS text, d.by AS by, d.changedAt AS changedAt, coalesce(d.approvals, []) AS approvals,
       d.simulatedAt AS simulatedAt, d.simulation AS simulation, d.publishedAt AS publishedAt
ORDER BY d.key
