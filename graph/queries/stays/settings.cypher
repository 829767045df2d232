// How air is shared at these venues, as of now.
//
// Params:  ids
// Rows:    id, setting      null where nothing is known of the room
// Needs:   constraint venue_id

UNWIND $ids AS id
MATCH (v:Venue {id: id})
RETURN v.id AS id, v.setting AS setting
