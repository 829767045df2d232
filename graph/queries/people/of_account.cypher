// The person an account belongs to; somebody linked to another is that other.
//
// Params:  account
// Rows:    person      one or none
// Needs:   constraint account_id

MATCH (:Account {id: $account})-[:IS]->(p:Person)
RETURN coalesce(p.canonical, p.id) AS person
