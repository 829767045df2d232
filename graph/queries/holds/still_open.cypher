// Keeps holds open until this transaction has ended, so that nobody decides about them while something comes into them.
//
// Params:  ids
// Rows:    id      those that nobody has decided about
// Needs:   constraint hold_id

UNWIND $ids AS id
MATCH (h:Hold {id: id})
SET h.id = h.id
WITH h
WHERE h.decided IS NULL
RETURN h.id AS id
