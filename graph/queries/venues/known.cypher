// Which of these venues exist.
//
// Params:  ids
// Rows:    id
// Needs:   constraint venue_id

UNWIND $ids AS id
MATCH (v:Venue {id: id})
RETURN v.id AS id
