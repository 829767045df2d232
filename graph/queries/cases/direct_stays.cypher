// Stays at private venues, of a span, with the two people of each meeting.
//
// Params:  fromMs, toMs
// Rows:    venue, direct, people, in, out      one per meeting
// Needs:   constraint venue_id

MATCH (v:Venue)
WHERE v.direct IS NOT NULL
MATCH (v)<-[:OF]-(:VenueDay)<-[s:AT]-(p:Person)
WHERE s.out > toInteger($fromMs) AND s.in < toInteger($toMs)
RETURN v.id AS venue, v.direct AS direct, collect(DISTINCT p.id) AS people, s.in AS in, s.out AS out
ORDER BY in, venue
