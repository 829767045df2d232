// One link by its id.
//
// Params:  merge
// Rows:    joined, into, key, undoneAtMs      `key` is that of `into`
// Needs:   constraint merge_id

MATCH (joined:Person)<-[:JOINED]-(m:Merge {id: $merge})-[:INTO]->(into:Person)
RETURN joined.id AS joined, into.id AS into, into.key AS key, m.undoneAt AS undoneAtMs
