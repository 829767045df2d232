// A new venue, unless there is one of that id already.
//
// Params:  venue      {id, code, name, kind, setting, unit, lat, lon, capacity, zones}
//          owner      account, or null
//          atMs       epoch milliseconds
// Rows:    fresh      false when the id is taken; nothing was changed then
// Needs:   constraint venue_id, constraint venue_code, constraint account_id

MERGE (v:Venue {id: $venue.id})
  ON CREATE SET v.fresh = true
WITH v, v.fresh IS NOT NULL AS fresh
CALL (v, fresh) {
  WITH v WHERE fresh
  SET v += $venue, v.capacity = toInteger($venue.capacity), v.createdAt = toInteger($atMs), v.fresh = null
  WITH v
  MATCH (owner:Account {id: $owner})
  CREATE (owner)-[:OWNS]->(v)
}
RETURN fresh
