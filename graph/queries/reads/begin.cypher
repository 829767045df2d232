// Begins a chain, unless it has begun.
//
// Params:  chain
// Rows:    number, hash, position      one; 0, '' and '0-0' for a new chain
// Needs:   constraint read_chain_id

MERGE (c:ReadChain {id: $chain})
  ON CREATE SET c.number = 0, c.hash = '', c.position = '0-0'
RETURN c.number AS number, c.hash AS hash, c.position AS position
