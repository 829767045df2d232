// A person and everybody who is linked to them, directly or through others.
//
// Params:  person
// Rows:    id
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-(q)
RETURN q.id AS id
