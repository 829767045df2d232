// Gates that are in use, each with its venue.
//
// Params:  gates      ids
// Rows:    gate, venue, name, kind, unit, lat, lon, capacity, zones      none of a gate that was removed or never was
// Needs:   constraint gate_id

UNWIND $gates AS gate
MATCH (g:Gate {id: gate})-[:DOOR_OF]->(v:Venue)
WHERE g.removedAt IS NULL
RETURN g.id AS gate, v.id AS venue, v.name AS name, v.kind AS kind, v.unit AS unit, v.lat AS lat, v.lon AS lon,
       v.capacity AS capacity, v.zones AS zones
