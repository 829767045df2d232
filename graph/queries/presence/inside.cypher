// Who is somewhere now: current stays whose assumed end lies ahead.
//
// Params:  atMs      epoch milliseconds
// Rows:    person, venue, zone, in, out      one per person
// Needs:   index stay_out

MATCH (p:Person)-[s:AT]->(:VenueDay)-[:OF]->(v:Venue)
WHERE s.out > toInteger($atMs) AND s.open
RETURN DISTINCT p.id AS person, v.id AS venue, s.zone AS zone, s.in AS in, s.out AS out
