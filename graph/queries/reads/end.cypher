// Where the chain of reads ends, and up to where their stream has been taken.
//
// Params:  chain
// Rows:    number, hash, position      none before the chain has begun
// Needs:   constraint read_chain_id

MATCH (c:ReadChain {id: $chain})
RETURN c.number AS number, c.hash AS hash, c.position AS position
