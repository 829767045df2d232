// Keeps the response to a claimed request, sealed, for the next try with the same key.
//
// Params:  key, claim, status, sealed
// Rows:    none
// Needs:   constraint idempotency_key

MATCH (i:Idempotency {key: $key, claim: $claim})
SET i.status = toInteger($status), i.sealed = $sealed
