// Pairs gates with venues.
//
// Params:  gates [{venue, gate, name}]      ids, and what the gate is called
//          atMs      epoch milliseconds
// Rows:    none
// Needs:   constraint venue_id, constraint gate_id

UNWIND $gates AS one
MATCH (v:Venue {id: one.venue})
CREATE (:Gate {id: one.gate, name: one.name, pairedAt: toInteger($atMs)})-[:DOOR_OF]->(v)
