// Leaves a note that something must be handed on; written in the transaction that makes it necessary.
//
// Params:  id, step      who takes it
//          body          JSON text: ids only, never personal data
//          atMs          epoch milliseconds
// Rows:    none
// Needs:   constraint outbox_id

CREATE (:Outbox {id: $id, step: $step, body: $body, at: toInteger($atMs)})
