// New people; their identifiers follow in the same transaction (people/know).
//
// Params:  rows      {id, key, sealed, nameKeys, verified, unit}
//          atMs      epoch milliseconds
// Rows:    none
// Needs:   constraint person_id

UNWIND $rows AS row
CREATE (:Person {
  id: row.id, version: 1, key: row.key, sealed: row.sealed, nameKeys: row.nameKeys,
  verified: row.verified, unit: row.unit, createdAt: toInteger($atMs)
})
