// Every exposure of a person to a case that stands.
//
// Params:  person
// Rows:    case, unit, and the fields of cases/exposed
// Needs:   constraint person_id

MATCH (p:Person {id: $person})-[x:EXPOSED]->(c:Case)
WHERE c.retractedAt IS NULL
RETURN c.id AS case, c.unit AS unit, p.id AS person, x.level AS level, x.at AS at, x.lastAt AS lastAt, x.via AS via,
       x.venue AS venue, x.from AS from, x.to AS to, x.minutes AS minutes, x.dose AS dose, x.trust AS trust,
       x.encounters AS encounters
ORDER BY case
