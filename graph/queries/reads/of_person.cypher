// Who read one person's data and why, newest first.
//
// Params:  person
//          limit
// Rows:    who, purpose, case, atMs
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:OF]-(r:Read)
RETURN r.who AS who, r.purpose AS purpose, r.case AS case, r.at AS atMs
ORDER BY r.at DESC
LIMIT toInteger($limit)
