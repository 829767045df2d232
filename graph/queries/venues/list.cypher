// A page of all venues in the order of their ids.
//
// Params:  after      the last id of the page before, or an empty text
//          limit
// Rows:    id, code, name, kind, setting, unit, lat, lon, capacity, zones
// Needs:   constraint venue_id

MATCH (v:Venue)
WHERE v.id > $after AND v.direct IS NULL
RETURN v.id AS id, v.code AS code, v.name AS name, v.kind AS kind, v.setting AS setting, v.unit AS unit,
       v.lat AS lat, v.lon AS lon, v.capacity AS capacity, v.zones AS zones
ORDER BY v.id
LIMIT toInteger($limit)
