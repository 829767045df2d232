// Everybody with a device has been looked at since these versions were published.
//
// Params:  keys, atMs
// Rows:    none
// Needs:   constraint policy_key

UNWIND $keys AS key
MATCH (p:Policy {key: key})
SET p.renewedAt = toInteger($atMs)
