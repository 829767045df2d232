// Makes a staff account unless the name is taken.
//
// Params:  id, username, hash      argon2id
//          roles, unit             a unit's code, or null for the whole country
//          atMs                    epoch milliseconds
// Rows:    created                 false when the name was taken before
// Needs:   constraint account_name

MERGE (a:Account {username: $username})
ON CREATE SET a.id = $id, a.hash = $hash, a.roles = $roles, a.unit = $unit, a.createdAt = toInteger($atMs)
RETURN a.id = $id AS created
