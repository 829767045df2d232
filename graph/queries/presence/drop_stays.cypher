// Takes stays away; some may be gone already.
//
// Params:  people, ids      columns of one length
// Rows:    none
// Needs:   index stay_id

UNWIND range(0, size($ids) - 1) AS i
MATCH (p:Person)-[s:AT {id: $ids[i]}]->(:VenueDay)
USING INDEX s:AT(id)
WHERE p.id = $people[i]
DELETE s
