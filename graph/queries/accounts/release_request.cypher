// Gives up a claim whose request failed, so that it may be tried again.
//
// Params:  key, claim
// Rows:    none
// Needs:   constraint idempotency_key

MATCH (i:Idempotency {key: $key, claim: $claim})
WHERE i.status IS NULL
DELETE i
