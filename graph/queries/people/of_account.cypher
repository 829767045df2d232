// The person an account belongs to.
//
// Params:  account
// Rows:    person      one or none
// Needs:   constraint account_id

MATCH (:Account {id: $account})-[:IS]->(p:Person)
RETURN p.id AS person
