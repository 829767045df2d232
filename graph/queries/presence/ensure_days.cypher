// Makes the days of venues that nobody stayed at before.
//
// Params:  keys, days, venues      columns of one length, each key once: `venue|yyyymmdd`, yyyymmdd, venue
// Rows:    none
// Needs:   constraint venue_day_key, constraint venue_id

UNWIND range(0, size($keys) - 1) AS i
MERGE (d:VenueDay {key: $keys[i]})
  ON CREATE SET d.day = $days[i], d.fresh = true
WITH d, i
WHERE d.fresh
SET d.fresh = null
MERGE (v:Venue {id: $venues[i]})
  ON CREATE SET v.code = $venues[i], v.name = $venues[i], v.kind = 'other', v.setting = 'closed', v.zones = []
CREATE (d)-[:OF]->(v)
