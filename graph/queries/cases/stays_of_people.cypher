// The stays of these people that meet their spans, as columns; a stay may come once for each day it touches.
//
// Params:  people, fromsMs, tosMs      columns of one length; spans are half-open
// Rows:    person, venues, zones, ins, outs, trusts, settings, directs      one per person with stays
// Needs:   constraint person_id

UNWIND range(0, size($people) - 1) AS i
MATCH (p:Person {id: $people[i]})-[s:AT]->(d:VenueDay)
WHERE s.in < toInteger($tosMs[i]) AND s.out > toInteger($fromsMs[i])
MATCH (d)-[:OF]->(v:Venue)
WITH p, collect(v.id) AS venues, collect(s.zone) AS zones, collect(s.in) AS ins, collect(s.out) AS outs,
     collect(s.trust) AS trusts, collect(coalesce(v.setting, '')) AS settings, collect(coalesce(v.direct, '')) AS directs
RETURN p.id AS person, venues, zones, ins, outs, trusts, settings, directs
