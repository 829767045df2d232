// Every published version: a few dozen.
//
// Params:  none
// Rows:    key, text, publishedAt      'id|version', canonical JSON, epoch milliseconds
// Needs:   nothing

MATCH (p:Policy)
RETURN p.key AS key, p.text AS text, p.publishedAt AS publishedAt
ORDER BY key
