// One more officer approves a draft as it stands.
//
// Params:  id, text, by
// Rows:    approvals      none when the draft has changed or been published meanwhile, or they approved before
// Needs:   constraint draft_id

MATCH (d:Draft {id: $id})
SET d.id = d.id
WITH d
WHERE d.text = $text AND d.publishedAt IS NULL AND NOT $by IN coalesce(d.approvals, [])
SET d.approvals = coalesce(d.approvals, []) + $by
RETURN d.approvals AS approvals
