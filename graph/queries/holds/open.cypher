// The hold of a unit that is open, made when there is none; so many more people wait in it.
//
// Params:  id, unit, by, people, atMs
// Rows:    id, people
// Needs:   constraint hold_open

MERGE (h:Hold {openFor: $unit})
ON CREATE SET h.id = $id, h.unit = $unit, h.at = toInteger($atMs), h.by = [], h.people = 0
SET h.people = h.people + toInteger($people),
    h.by = CASE WHEN $by IN h.by THEN h.by ELSE h.by + $by END
RETURN h.id AS id, h.people AS people
