// Writes a venue's properties anew; id and code stay.
//
// Params:  venue      {id, code, name, kind, setting, unit, lat, lon, capacity, zones}; null takes a property away
// Rows:    id      none when there is no such venue
// Needs:   constraint venue_id

MATCH (v:Venue {id: $venue.id})
SET v.name = $venue.name, v.kind = $venue.kind, v.setting = $venue.setting, v.unit = $venue.unit,
    v.lat = $venue.lat, v.lon = $venue.lon, v.capacity = toInteger($venue.capacity), v.zones = $venue.zones
RETURN v.id AS id
