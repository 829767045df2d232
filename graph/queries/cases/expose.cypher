// Writes exposures of a case that are new or other than before; the versions of their people rise.
//
// Params:  id, generation
//          rows      {person, level, at, lastAt, via, venue, from, to, minutes, dose, trust, encounters}, by person
// Rows:    none
// Needs:   constraint case_id, constraint person_id

MATCH (c:Case {id: $id})
UNWIND $rows AS row
MATCH (p:Person {id: row.person})
SET p.version = p.version + 1
MERGE (p)-[x:EXPOSED]->(c)
SET x.level = toInteger(row.level), x.at = toInteger(row.at), x.lastAt = toInteger(row.lastAt), x.via = row.via,
    x.venue = row.venue, x.from = toInteger(row.from), x.to = toInteger(row.to), x.minutes = toInteger(row.minutes),
    x.dose = toFloat(row.dose), x.trust = toFloat(row.trust), x.encounters = row.encounters,
    x.generation = toInteger($generation)
