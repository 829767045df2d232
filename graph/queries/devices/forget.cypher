// Tells a device no more.
//
// Params:  id
//          person      whose it must be; null for whoever's it is
// Rows:    id      none when there is no such device
// Needs:   constraint device_id

MATCH (p:Person)-[:HAS]->(d:Device {id: $id})
WHERE $person IS NULL OR p.id = $person
DETACH DELETE d
RETURN $id AS id
