// Moves the end of the chain by compare-and-set; first in the transaction that appends. The end is locked before it is
// compared, so of two writers one moves it; the other's transaction must then be undone.
//
// Params:  chain
//          from, to      {number, hash, position}
// Rows:    number        none when somebody else moved it
// Needs:   constraint read_chain_id

MATCH (c:ReadChain {id: $chain})
SET c.id = c.id
WITH c
WHERE c.number = toInteger($from.number) AND c.hash = $from.hash AND c.position = $from.position
SET c.number = toInteger($to.number), c.hash = $to.hash, c.position = $to.position
RETURN c.number AS number
