// Changes stays that still touch the same days.
//
// Params:  people, ids, outs, assumed, open, trusts      columns of one length, instants in epoch milliseconds
// Rows:    none
// Needs:   index stay_id

UNWIND range(0, size($ids) - 1) AS i
MATCH (p:Person)-[s:AT {id: $ids[i]}]->(:VenueDay)
USING INDEX s:AT(id)
WHERE p.id = $people[i]
SET s.out = toInteger($outs[i]), s.assumed = $assumed[i], s.open = $open[i], s.trust = $trusts[i]
