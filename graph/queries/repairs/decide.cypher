// Remembers what was decided, once.
//
// Params:  id, state, decision, by, atMs
// Rows:    id      none when it was decided already
// Needs:   index repair_id

MATCH (r:Repair {id: $id})
SET r.id = r.id
WITH r
WHERE r.state = 'open'
SET r.state = $state, r.decision = $decision, r.decidedBy = $by, r.decidedAt = toInteger($atMs),
    r.claimedUntil = null
RETURN r.id AS id
