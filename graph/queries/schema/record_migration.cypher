// Remembers that a schema file has been applied.
//
// Params:  name, hash, atMs      epoch milliseconds
// Rows:    none
// Needs:   nothing

MERGE (m:Migration {name: $name})
SET m.hash = $hash, m.at = toInteger($atMs)
