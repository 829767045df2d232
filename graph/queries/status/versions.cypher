// What was known of a person, version after version, up to an instant; the last hundred.
//
// Params:  person, untilMs
// Rows:    version, atMs, sealed      oldest first
// Needs:   constraint person_id

MATCH (:Person {id: $person})-[:WAS]->(s:Status)
WHERE s.at <= toInteger($untilMs)
WITH s ORDER BY s.version DESC LIMIT 100
RETURN s.version AS version, s.at AS atMs, s.sealed AS sealed
ORDER BY version
