// The first local day of a span on which somebody stayed anywhere.
//
// Params:  from, to      yyyymmdd, both included
// Rows:    day      one or none
// Needs:   index venue_day

MATCH (d:VenueDay)
WHERE d.day >= $from AND d.day <= $to
RETURN d.day AS day
ORDER BY d.day
LIMIT 1
