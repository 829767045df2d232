// What was known of people of units, version after version, from the one that stood at an instant on. Those who are the
// same person by now are followed as the person they count as.
//
// Params:  units (null: people without a unit), fromMs
// Rows:    unit, key, since, versions {at, sealed}      oldest first; none for people of whom nothing was ever learnt;
//          `since` when the first of them came to be known here
// Needs:   index person_unit, constraint person_id

MATCH (q:Person)
WHERE ($units IS NULL AND q.unit IS NULL) OR q.unit IN $units
OPTIONAL MATCH (root:Person {id: q.canonical})
WITH DISTINCT coalesce(root, q) AS p
WHERE p.key IS NOT NULL AND EXISTS { (p)-[:WAS]->() }
WITH p, [p] + COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
WITH p, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit,
     reduce(first = coalesce(p.createdAt, 0), o IN same |
       CASE WHEN coalesce(o.createdAt, 0) < first THEN coalesce(o.createdAt, 0) ELSE first END) AS since
WHERE ($units IS NULL AND unit IS NULL) OR unit IN $units
WITH p, unit, since, COLLECT { MATCH (p)-[:WAS]->(s:Status) RETURN s ORDER BY s.version } AS known
WITH p, unit, since, known, [i IN range(0, size(known) - 1) WHERE known[i].at <= toInteger($fromMs)] AS past
WITH p, unit, since, CASE WHEN size(past) = 0 THEN known ELSE known[past[-1]..] END AS kept
RETURN unit, p.key AS key, since, [s IN kept | {at: s.at, sealed: s.sealed}] AS versions
