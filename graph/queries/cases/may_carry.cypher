// Whom a case exposed below a level: those who may pass it on.
//
// Params:  id, below
// Rows:    person, at
// Needs:   constraint case_id

MATCH (:Case {id: $id})<-[x:EXPOSED]-(p:Person)
WHERE x.level < toInteger($below)
RETURN p.id AS person, x.at AS at
