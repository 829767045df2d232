// Remembers whose fact a kept stay is, when it hangs on somebody else who is the same person.
//
// Params:  ids, owners      columns of one length
// Rows:    none
// Needs:   index stay_id

UNWIND range(0, size($ids) - 1) AS i
MATCH (:Person)-[s:AT {id: $ids[i]}]->(:VenueDay)
USING INDEX s:AT(id)
WHERE s.kept
SET s.of = $owners[i]
