// Which of these stays are here, and how far each is trusted. A stay hangs on every local day it touches and counts
// once.
//
// Params:  ids
// Rows:    id, trust      none for a stay that is not here
// Needs:   index stay_id

UNWIND $ids AS id
MATCH (:Person)-[s:AT {id: id}]->(:VenueDay)
RETURN id, max(s.trust) AS trust
