// Everything that was scanned of one person, as it is stored.
//
// Params:  person
// Rows:    day, scans [packed line]      one per day
// Needs:   constraint person_id

MATCH (:Person {id: $person})-[:HAS]->(d:PersonDay)
RETURN d.day AS day, d.scans AS scans
ORDER BY day
