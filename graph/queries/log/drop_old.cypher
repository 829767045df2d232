// Forgets what gates noted before the horizon, some at a time.
//
// Params:  beforeMs, limit
// Rows:    dropped
// Needs:   index log_entry_at

MATCH (e:LogEntry)
WHERE e.lastAt < toInteger($beforeMs)
WITH e LIMIT toInteger($limit)
DELETE e
RETURN count(*) AS dropped
