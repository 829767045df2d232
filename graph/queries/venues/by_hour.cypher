// How many people came to a venue and left it, by hour (UTC) and zone: numbers only.
//
// Params:  keys             `venue|yyyymmdd` of the days that are looked at
//          fromMs, toMs     epoch milliseconds, half-open
// Rows:    hourMs, zone, entered, left      one per hour and zone in which somebody did; an assumed end is no leaving
// Needs:   constraint venue_day_key

MATCH (d:VenueDay)<-[s:AT]-(:Person)
WHERE d.key IN $keys
WITH DISTINCT s.id AS stay, s.zone AS zone, s.in AS in, s.out AS out, s.assumed AS assumed
UNWIND [[in, 1, 0], [CASE WHEN assumed THEN -1 ELSE out END, 0, 1]] AS move
WITH zone, move[0] AS at, move[1] AS entered, move[2] AS left
WHERE at >= toInteger($fromMs) AND at < toInteger($toMs)
RETURN at - at % 3600000 AS hourMs, zone, sum(entered) AS entered, sum(left) AS left
ORDER BY hourMs, zone
