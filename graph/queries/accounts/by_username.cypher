// The staff account of a name.
//
// Params:  username
// Rows:    id, hash, roles, unit, person, disabled      none or one
// Needs:   constraint account_name

MATCH (a:Account {username: $username})
OPTIONAL MATCH (a)-[:IS]->(p:Person)
RETURN a.id AS id, a.hash AS hash, a.roles AS roles, a.unit AS unit, p.id AS person,
       a.disabledAt IS NOT NULL AS disabled
