// Forgets old idempotency keys.
//
// Params:  beforeMs
// Rows:    none
// Needs:   index idempotency_at

MATCH (i:Idempotency)
WHERE i.at < toInteger($beforeMs)
WITH i LIMIT 10000
DELETE i
