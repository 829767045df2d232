// Takes a gate out of use; the first instant stands. Its node remains, for its scans name it.
//
// Params:  venue, gate      ids
//          atMs      epoch milliseconds
// Rows:    id      none when the venue has no such gate
// Needs:   constraint gate_id

MATCH (g:Gate {id: $gate})-[:DOOR_OF]->(:Venue {id: $venue})
SET g.removedAt = coalesce(g.removedAt, toInteger($atMs))
RETURN g.id AS id
