// Several venues with their owners.
//
// Params:  ids
// Rows:    venue, owners      one per venue that is there
// Needs:   constraint venue_id

UNWIND $ids AS id
MATCH (v:Venue {id: id})
RETURN v {.id, .code, .name, .kind, .setting, .unit, .lat, .lon, .capacity, .zones} AS venue,
       [(owner:Account)-[:OWNS]->(v) | owner.id] AS owners
