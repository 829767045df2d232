// What was known of people of units, version after version, from the one that stood at an instant on.
//
// Params:  units (null: people without a unit), fromMs
// Rows:    unit, key, versions {at, sealed}      oldest first; none for people of whom nothing was ever learnt
// Needs:   index person_unit

MATCH (p:Person)
WHERE (($units IS NULL AND p.unit IS NULL) OR p.unit IN $units) AND p.key IS NOT NULL AND EXISTS { (p)-[:WAS]->() }
WITH p, COLLECT { MATCH (p)-[:WAS]->(s:Status) RETURN s ORDER BY s.version } AS known
WITH p, known, [i IN range(0, size(known) - 1) WHERE known[i].at <= toInteger($fromMs)] AS past
WITH p, CASE WHEN size(past) = 0 THEN known ELSE known[past[-1]..] END AS kept
RETURN p.unit AS unit, p.key AS key, [s IN kept | {at: s.at, sealed: s.sealed}] AS versions
