// What the graph holds of a case's exposures, by person.
//
// Params:  id
// Rows:    person, level, at, lastAt, via, venue, from, to, minutes, dose, trust, encounters (JSON)
// Needs:   constraint case_id

MATCH (c:Case {id: $id})<-[x:EXPOSED]-(p:Person)
RETURN p.id AS person, x.level AS level, x.at AS at, x.lastAt AS lastAt, x.via AS via, x.venue AS venue,
       x.from AS from, x.to AS to, x.minutes AS minutes, x.dose AS dose, x.trust AS trust, x.encounters AS encounters
