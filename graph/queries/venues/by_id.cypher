// One venue with its owners, and whether anything was ever scanned there or may be: a gate was paired, or somebody
// stayed.
//
// Params:  id
// Rows:    venue, owners, inUse      one or none
// Needs:   constraint venue_id

MATCH (v:Venue {id: $id})
RETURN v {.id, .code, .name, .kind, .setting, .unit, .lat, .lon, .capacity, .zones} AS venue,
       [(owner:Account)-[:OWNS]->(v) | owner.id] AS owners,
       EXISTS { (v)<-[:DOOR_OF]-(:Gate) } OR EXISTS { (v)<-[:OF]-(:VenueDay) } AS inUse
