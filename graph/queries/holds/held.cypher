// How much evidence does not exist for colours at the moment.
//
// Params:  none
// Rows:    held
// Needs:   index evidence_held, index exposed_held

CALL () {
  MATCH (e:Evidence) WHERE e.heldAt > 0 RETURN count(e) AS some
  UNION ALL
  MATCH (:Person)-[x:EXPOSED]->(:Case) WHERE x.heldAt > 0 RETURN count(x) AS some
}
RETURN sum(some) AS held
