// How many people there are in units: those of whom nothing is known beside who they are, and all. Those who are the
// same person count once, in the unit that the person counts in (as gate/people).
//
// Params:  units      null: people without a unit
// Rows:    unit, verified, people, without
// Needs:   index person_unit, constraint person_id

MATCH (q:Person)
WHERE ($units IS NULL AND q.unit IS NULL) OR q.unit IN $units
OPTIONAL MATCH (root:Person {id: q.canonical})
WITH DISTINCT coalesce(root, q) AS p
WITH [p] + COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
WITH same, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit, any(o IN same WHERE o.verified) AS verified
WHERE ($units IS NULL AND unit IS NULL) OR unit IN $units
WITH unit, verified,
     none(o IN same WHERE EXISTS { (o)-[:HAS]->(:Evidence) }
          OR EXISTS { (o)-[:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL }
          OR EXISTS { (c:Case)-[:OF]->(o) WHERE c.retractedAt IS NULL }) AS nothing
RETURN unit, verified, count(*) AS people, sum(CASE WHEN nothing THEN 1 ELSE 0 END) AS without
