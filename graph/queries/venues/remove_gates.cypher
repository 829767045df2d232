// Takes gates out of use; the first instant stands. Their nodes remain, for their scans name them.
//
// Params:  gates      ids
//          atMs      epoch milliseconds
// Rows:    id      one per gate that is there
// Needs:   constraint gate_id

UNWIND $gates AS gate
MATCH (g:Gate {id: gate})
SET g.removedAt = coalesce(g.removedAt, toInteger($atMs))
RETURN g.id AS id
