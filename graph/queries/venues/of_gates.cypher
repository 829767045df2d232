// The venues of some gates.
//
// Params:  gates      ids
// Rows:    gate, venue      one per gate that is there
// Needs:   constraint gate_id

UNWIND $gates AS gate
MATCH (g:Gate {id: gate})-[:DOOR_OF]->(v:Venue)
RETURN g.id AS gate, v.id AS venue
