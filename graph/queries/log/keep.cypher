// Puts entries into the logs of gates. What is told again is counted once more where `more` says so.
//
// Params:  rows [{id, kind, venue, gate, unit, person, scan, atMs, times, more, other {venue, atMs, km}, code {kind, length, start}}]
// Rows:    none
// Needs:   constraint log_entry_id

UNWIND $rows AS row
MERGE (e:LogEntry {id: row.id})
  ON CREATE SET e.kind = row.kind, e.venue = row.venue, e.gate = row.gate, e.unit = row.unit, e.person = row.person,
    e.scan = row.scan, e.times = 0, e.lastAt = 0, e.otherVenue = row.other.venue, e.otherAt = toInteger(row.other.atMs),
    e.km = row.other.km, e.code = row.code.kind, e.length = toInteger(row.code.length), e.start = row.code.start
SET e.times = CASE WHEN e.times = 0 THEN toInteger(row.times) ELSE e.times + toInteger(row.more) END,
  e.lastAt = CASE WHEN e.lastAt < toInteger(row.atMs) THEN toInteger(row.atMs) ELSE e.lastAt END
