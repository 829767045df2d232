// A second officer decides about a hold; nothing more comes into it.
//
// Params:  id, decided ('released' or 'dropped'), by, atMs
// Rows:    id      none when it was decided before, or they told some of its evidence themselves
// Needs:   constraint hold_id

MATCH (h:Hold {id: $id})
SET h.id = h.id
WITH h
WHERE h.decided IS NULL AND NOT $by IN h.by
SET h.decided = $decided, h.decidedBy = $by, h.decidedAt = toInteger($atMs), h.openFor = null
RETURN h.id AS id
