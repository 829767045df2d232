// Doubts of gates of units, those without a unit too, newest first, a page at a time.
//
// Params:  units      null: of all
//          beforeMs, beforeId, limit
// Rows:    an entry: id, kind, venue, gate, unit, person, atMs, times, other, code
// Needs:   index log_entry_at

MATCH (e:LogEntry)
WHERE e.lastAt <= toInteger($beforeMs) AND (e.lastAt < toInteger($beforeMs) OR e.id < $beforeId)
  AND e.kind <> 'unread' AND ($units IS NULL OR e.unit IS NULL OR e.unit IN $units)
RETURN e.id AS id, e.kind AS kind, e.venue AS venue, e.gate AS gate, e.unit AS unit, e.person AS person,
       e.lastAt AS atMs, e.times AS times,
       CASE WHEN e.otherVenue IS NULL THEN null ELSE {venue: e.otherVenue, atMs: e.otherAt, km: e.km} END AS other,
       CASE WHEN e.code IS NULL THEN null ELSE {kind: e.code, length: e.length, start: e.start} END AS code
ORDER BY e.lastAt DESC, e.id DESC
LIMIT toInteger($limit)
