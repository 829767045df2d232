// Publishes a draft that enough officers approved. The process that renews colours finds it by `renewedAt`.
//
// Params:  id, key, officers, atMs
// Rows:    key      none when it lacks approvals, or was published before
// Needs:   constraint draft_id, constraint policy_key

MATCH (d:Draft {id: $id})
WHERE d.publishedAt IS NULL AND size(d.approvals) >= toInteger($officers)
SET d.publishedAt = toInteger($atMs)
CREATE (p:Policy {key: $key, text: d.text, publishedAt: toInteger($atMs), approvals: d.approvals})
RETURN p.key AS key
