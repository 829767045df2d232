// The account by which a visitor of a demo is a person of it, made when it is missing.
//
// Params:  person
//          id, roles, atMs      for a new account
// Rows:    id, roles, unit, person, disabled      none when there is no such person
// Needs:   constraint person_id

MATCH (p:Person {id: $person})
WHERE p.key IS NOT NULL
MERGE (a:Account {demo: true})-[:IS]->(p)
ON CREATE SET a.id = $id, a.roles = $roles, a.createdAt = toInteger($atMs)
RETURN a.id AS id, a.roles AS roles, a.unit AS unit, p.id AS person, a.disabledAt IS NOT NULL AS disabled
