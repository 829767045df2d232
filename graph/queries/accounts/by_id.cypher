// An account by its id.
//
// Params:  id
// Rows:    id, roles, unit, person, disabled, signedOutAtMs      none or one
// Needs:   constraint account_id

MATCH (a:Account {id: $id})
OPTIONAL MATCH (a)-[:IS]->(p:Person)
RETURN a.id AS id, a.roles AS roles, a.unit AS unit, p.id AS person, a.disabledAt IS NOT NULL AS disabled,
       a.signedOutAt AS signedOutAtMs
