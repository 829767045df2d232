// How many people live in a unit itself.
//
// Params:  unit
// Rows:    people
// Needs:   index person_unit

MATCH (p:Person {unit: $unit})
RETURN count(p) AS people
