// Removes stays from every day they hang on.
//
// Params:  ids
// Rows:    none
// Needs:   index stay_id

UNWIND $ids AS id
MATCH (:Person)-[s:AT {id: id}]->(:VenueDay)
DELETE s
