// The stays of one person that end after an instant and begin before another, oldest first. A stay hangs on every
// local day it touches and counts once.
//
// Params:  person
//          fromMs, toMs      epoch milliseconds, half-open [from, to)
// Rows:    id, venue, venueName, venueCode, lat, lon, zone, inMs, outMs, assumed, open, trust, kept
//          of                who is the same person, whose fact it is
// Needs:   constraint person_id

MATCH (:Person {id: $person})-[s:AT]->(:VenueDay)-[:OF]->(v:Venue)
WHERE s.out > toInteger($fromMs) AND s.in < toInteger($toMs)
RETURN DISTINCT s.id AS id, v.id AS venue, v.name AS venueName, v.code AS venueCode, v.lat AS lat, v.lon AS lon,
       s.zone AS zone, s.in AS inMs, s.out AS outMs, s.assumed AS assumed, s.open AS open, s.trust AS trust, s.kept AS kept, s.of AS of
ORDER BY inMs, id
