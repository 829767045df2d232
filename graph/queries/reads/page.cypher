// The reads behind a number in the order of the chain, to follow it or to hand it out.
//
// Params:  chain
//          after      a number; 0 for the first page
//          limit
// Rows:    number, hash, body
// Needs:   constraint read_number

MATCH (r:Read)
WHERE r.number > toInteger($after) AND r.chain = $chain
RETURN r.number AS number, r.hash AS hash, r.body AS body
ORDER BY r.number
LIMIT toInteger($limit)
