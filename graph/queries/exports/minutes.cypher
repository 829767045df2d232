// How many stays that touch a local day began in each minute: an export cuts the day by it into parts that fit into
// memory.
//
// Params:  day      yyyymmdd
// Rows:    minute, stays      whole minutes since 1970, ascending
// Needs:   index venue_day

MATCH (:VenueDay {day: $day})<-[s:AT]-(:Person)
RETURN s.in / 60000 AS minute, count(s) AS stays
ORDER BY minute
