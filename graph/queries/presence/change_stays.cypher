// Changes stays that still touch the same days.
//
// Params:  ids, outs, assumed, open, trusts      columns of one length, instants in epoch milliseconds
// Rows:    none
// Needs:   index stay_id

UNWIND range(0, size($ids) - 1) AS i
MATCH (:Person)-[s:AT {id: $ids[i]}]->(:VenueDay)
SET s.out = toInteger($outs[i]), s.assumed = $assumed[i], s.open = $open[i], s.trust = $trusts[i]
