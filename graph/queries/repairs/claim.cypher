// Lets one officer carry out a decision, so that of two at once the other changes nothing. A claim ends by itself: a
// process that dies in between leaves the decision to whoever comes next.
//
// Params:  id
//          atMs, untilMs      epoch milliseconds
// Rows:    id      none when it was decided already, or somebody is carrying out a decision
// Needs:   index repair_id

MATCH (r:Repair {id: $id})
SET r.id = r.id
WITH r
WHERE r.state = 'open' AND coalesce(r.claimedUntil, 0) <= toInteger($atMs)
SET r.claimedUntil = toInteger($untilMs)
RETURN r.id AS id
