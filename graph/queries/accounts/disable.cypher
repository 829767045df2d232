// Takes an account out of use; its tokens die with it.
//
// Params:  id, atMs
// Rows:    id      none when there is no such account
// Needs:   constraint account_id

MATCH (a:Account {id: $id})
SET a.disabledAt = coalesce(a.disabledAt, toInteger($atMs))
RETURN a.id AS id
