// The stays that touch a local day, begin in one part of it, and touch a span: by venue, in columns of one length.
// Direct encounters are not among them (SPEC 5.2).
//
// Params:  day                    yyyymmdd
//          inFromMs, inToMs       when they begin, epoch milliseconds, half-open
//          fromMs, toMs           the span they touch, half-open
// Rows:    venue, people, zones, ins, outs, trusts      one per venue
// Needs:   index venue_day

MATCH (d:VenueDay {day: $day})<-[s:AT]-(p:Person)
WHERE s.in >= toInteger($inFromMs) AND s.in < toInteger($inToMs)
  AND s.out > toInteger($fromMs) AND s.in < toInteger($toMs)
WITH d, collect(p.id) AS people, collect(s.zone) AS zones, collect(s.in) AS ins, collect(s.out) AS outs,
     collect(s.trust) AS trusts
MATCH (d)-[:OF]->(v:Venue)
WHERE v.direct IS NULL
RETURN v.id AS venue, people, zones, ins, outs, trusts
