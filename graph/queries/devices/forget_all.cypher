// Tells the devices of a person, and of those linked to the person, no more.
//
// Params:  person
// Rows:    none
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-()-[:HAS]->(d:Device)
DETACH DELETE d
