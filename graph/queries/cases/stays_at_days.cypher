// The stays on these days of venues that meet their spans, as columns; a stay may come once for each day it touches.
//
// Params:  keys `venue|yyyymmdd`, fromsMs, tosMs      columns of one length; spans are half-open
// Rows:    people, venues, zones, ins, outs, trusts, settings, directs      one per day of a venue with stays
// Needs:   constraint venue_day_key

UNWIND range(0, size($keys) - 1) AS i
MATCH (d:VenueDay {key: $keys[i]})<-[s:AT]-(p:Person)
WHERE s.in < toInteger($tosMs[i]) AND s.out > toInteger($fromsMs[i])
WITH d, collect(p.id) AS people, collect(s.zone) AS zones, collect(s.in) AS ins, collect(s.out) AS outs,
     collect(s.trust) AS trusts
MATCH (d)-[:OF]->(v:Venue)
RETURN people, [each IN people | v.id] AS venues, zones, ins, outs, trusts,
       [each IN people | coalesce(v.setting, '')] AS settings, [each IN people | coalesce(v.direct, '')] AS directs
