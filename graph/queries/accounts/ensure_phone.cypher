// The account of a phone number, made when it is first proven.
//
// Params:  id            for a new account
//          phoneKey      keyed hash of the number
//          roles, atMs
// Rows:    id, roles, unit, person, disabled      one
// Needs:   constraint account_phone

MERGE (a:Account {phoneKey: $phoneKey})
ON CREATE SET a.id = $id, a.roles = $roles, a.createdAt = toInteger($atMs)
WITH a
OPTIONAL MATCH (a)-[:IS]->(p:Person)
RETURN a.id AS id, a.roles AS roles, a.unit AS unit, p.id AS person, a.disabledAt IS NOT NULL AS disabled
