// Who read one person's data and why, newest first; also what was read of those linked to the person.
//
// Params:  person
//          limit
// Rows:    who, purpose, case, atMs
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-()<-[:OF]-(r:Read)
RETURN r.who AS who, r.purpose AS purpose, r.case AS case, r.at AS atMs
ORDER BY r.at DESC
LIMIT toInteger($limit)
