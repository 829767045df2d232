// A gate that is in use, with its venue.
//
// Params:  gate
// Rows:    gate, venue, name, kind, unit, lat, lon, capacity, zones      one; none when the gate was removed or never was
// Needs:   constraint gate_id

MATCH (g:Gate {id: $gate})-[:DOOR_OF]->(v:Venue)
WHERE g.removedAt IS NULL
RETURN g.id AS gate, v.id AS venue, v.name AS name, v.kind AS kind, v.unit AS unit, v.lat AS lat, v.lon AS lon,
       v.capacity AS capacity, v.zones AS zones
