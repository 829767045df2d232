// Forgets stays that ended before the horizon, some at a time.
//
// Params:  beforeMs, limit
// Rows:    dropped
// Needs:   index stay_out

MATCH (:Person)-[s:AT]->(:VenueDay)
WHERE s.out < toInteger($beforeMs)
WITH s LIMIT toInteger($limit)
DELETE s
RETURN count(*) AS dropped
