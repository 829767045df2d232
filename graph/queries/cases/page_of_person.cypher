// Exposures of a person to cases that stand, of units, those without a unit too, a page at a time.
//
// Params:  person, after, limit
//          units      null: of all
// Rows:    as cases/of_person, by case
// Needs:   constraint person_id

MATCH (p:Person {id: $person})-[x:EXPOSED]->(c:Case)
WHERE c.retractedAt IS NULL AND c.id > $after AND ($units IS NULL OR c.unit IS NULL OR c.unit IN $units)
RETURN c.id AS case, c.unit AS unit, p.id AS person, x.level AS level, x.at AS at, x.lastAt AS lastAt, x.via AS via,
       x.venue AS venue, x.from AS from, x.to AS to, x.minutes AS minutes, x.dose AS dose, x.trust AS trust,
       x.encounters AS encounters
ORDER BY case
LIMIT toInteger($limit)
