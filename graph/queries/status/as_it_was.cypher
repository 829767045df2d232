// What was known of a person at an instant: the newest version that stood then.
//
// Params:  person, atMs
// Rows:    version, sealed, atMs      one, or none when nothing was known yet
// Needs:   constraint person_id

MATCH (:Person {id: $person})-[:WAS]->(s:Status)
WHERE s.at <= toInteger($atMs)
RETURN s.version AS version, s.sealed AS sealed, s.at AS atMs
ORDER BY s.version DESC
LIMIT 1
