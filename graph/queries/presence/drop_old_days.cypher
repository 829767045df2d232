// Forgets days of venues before the horizon at which no stay hangs any more, some at a time.
//
// Params:  beforeDay yyyymmdd, limit
// Rows:    dropped
// Needs:   index venue_day

MATCH (d:VenueDay)
WHERE d.day < $beforeDay AND NOT EXISTS { (d)<-[:AT]-() }
WITH d LIMIT toInteger($limit)
DETACH DELETE d
RETURN count(*) AS dropped
