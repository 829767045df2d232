// The venue whose poster carries this code.
//
// Params:  code
// Rows:    id, code, name, kind, setting, unit, lat, lon, capacity, zones      one or none
// Needs:   constraint venue_code

MATCH (v:Venue {code: $code})
RETURN v.id AS id, v.code AS code, v.name AS name, v.kind AS kind, v.setting AS setting, v.unit AS unit,
       v.lat AS lat, v.lon AS lon, v.capacity AS capacity, v.zones AS zones
