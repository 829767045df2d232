// Ends a claim whose decision could not be carried out.
//
// Params:  id
//          untilMs      of the claim, epoch milliseconds
// Rows:    none
// Needs:   index repair_id

MATCH (r:Repair {id: $id})
WHERE r.claimedUntil = toInteger($untilMs)
SET r.claimedUntil = null
