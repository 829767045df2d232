// Forgets notes that have been handed on.
//
// Params:  ids
// Rows:    none
// Needs:   constraint outbox_id

UNWIND $ids AS id
MATCH (o:Outbox {id: id})
DELETE o
