// How many people there are in units: those of whom nothing is known beside who they are, and all.
//
// Params:  units      null: people without a unit
// Rows:    unit, verified, people, without
// Needs:   index person_unit

MATCH (p:Person)
WHERE ($units IS NULL AND p.unit IS NULL) OR p.unit IN $units
WITH p.unit AS unit, p.verified AS verified,
     NOT (EXISTS { (p)-[:HAS]->(:Evidence) } OR EXISTS { (p)-[x:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL }
          OR EXISTS { (c:Case)-[:OF]->(p) WHERE c.retractedAt IS NULL }) AS nothing
RETURN unit, verified, count(*) AS people, sum(CASE WHEN nothing THEN 1 ELSE 0 END) AS without
