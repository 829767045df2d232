// Claims an idempotency key for one request; a claim that got no response for too long may be taken over.
//
// Params:  key          caller, route and key
//          request      hash of the request's body
//          claim        id of this try
//          atMs, staleMs
// Rows:    mine         whether this try may go on
//          request, status, sealed      what is known of the first request
// Needs:   constraint idempotency_key

MERGE (i:Idempotency {key: $key})
ON CREATE SET i.request = $request, i.claim = $claim, i.at = toInteger($atMs)
WITH i, i.status IS NULL AND i.request = $request AND i.at < toInteger($atMs) - toInteger($staleMs) AS stale
SET i.claim = CASE WHEN stale THEN $claim ELSE i.claim END,
    i.at = CASE WHEN stale THEN toInteger($atMs) ELSE i.at END
RETURN i.claim = $claim AND i.status IS NULL AS mine, i.request AS request, i.status AS status, i.sealed AS sealed
