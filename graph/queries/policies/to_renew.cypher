// Published versions, and changes of units and risk levels, of which not everybody with a device has been told yet.
//
// Params:  none
// Rows:    key, codes      the units that changed; of a version and of a risk level none
// Needs:   nothing

MATCH (one:Policy|AreaChange)
WHERE one.renewedAt IS NULL
RETURN one.key AS key, coalesce(one.codes, []) AS codes
ORDER BY key
