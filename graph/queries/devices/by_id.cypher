// Where one device is told, sealed under the key of its person.
//
// Params:  id
// Rows:    key, sealed      none when it is forgotten, or its person erased
// Needs:   constraint device_id

MATCH (p:Person)-[:HAS]->(d:Device {id: $id})
WHERE p.key IS NOT NULL
RETURN p.key AS key, d.sealed AS sealed
