// Which schema files have been applied, and the hash of each as it was then.
//
// Params:  none
// Rows:    name, hash      one per applied file
// Needs:   nothing

MATCH (m:Migration)
RETURN m.name AS name, m.hash AS hash
