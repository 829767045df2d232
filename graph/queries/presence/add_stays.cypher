// New stays, one row for each local day that one touches; their people and days are there by then.
//
// Params:  people, keys, ids, zones, ins, outs, assumed, open, kept, trusts      columns of one length
// Rows:    none
// Needs:   constraint person_id, constraint venue_day_key

UNWIND range(0, size($ids) - 1) AS i
MATCH (p:Person {id: $people[i]})
MATCH (d:VenueDay {key: $keys[i]})
CREATE (p)-[:AT {
  id: $ids[i], zone: $zones[i], in: toInteger($ins[i]), out: toInteger($outs[i]), assumed: $assumed[i],
  open: $open[i], kept: $kept[i], trust: $trusts[i]
}]->(d)
