// Every published version: a few dozen.
//
// Params:  none
// Rows:    key, text      'id|version', canonical JSON
// Needs:   nothing

MATCH (p:Policy)
RETURN p.key AS key, p.text AS text
ORDER BY key
