// Published versions of which not everybody with a device has been told yet.
//
// Params:  none
// Rows:    key
// Needs:   nothing

MATCH (p:Policy)
WHERE p.renewedAt IS NULL
RETURN p.key AS key
ORDER BY key
