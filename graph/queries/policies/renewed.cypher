// Everybody with a device has been looked at since these versions were published, or these changes were made.
//
// Params:  keys, atMs
// Rows:    none
// Needs:   constraints policy_key, area_change_key

UNWIND $keys AS key
OPTIONAL MATCH (p:Policy {key: key})
OPTIONAL MATCH (a:AreaChange {key: key})
FOREACH (one IN [p, a] | SET one.renewedAt = toInteger($atMs))
