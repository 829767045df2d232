// Pairs a gate with a venue.
//
// Params:  venue, gate      ids
//          name
//          atMs      epoch milliseconds
// Rows:    none
// Needs:   constraint venue_id, constraint gate_id

MATCH (v:Venue {id: $venue})
CREATE (:Gate {id: $gate, name: $name, pairedAt: toInteger($atMs)})-[:DOOR_OF]->(v)
