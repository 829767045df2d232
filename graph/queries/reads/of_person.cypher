// Who read one person's data and why, newest first; also what was read of those linked to the person.
//
// Params:  person
//          limit
// Rows:    who, purpose, case, atMs
//          body      the read itself (src/reads.ts)
//          unit      the name of the reader's unit; null where it has none
// Needs:   constraint person_id, constraint account_id, constraint unit_code

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-()<-[:OF]-(r:Read)
OPTIONAL MATCH (a:Account {id: r.who})
OPTIONAL MATCH (u:Unit {code: a.unit})
RETURN r.who AS who, r.purpose AS purpose, r.case AS case, r.at AS atMs, r.body AS body, u.name AS unit
ORDER BY r.at DESC
LIMIT toInteger($limit)
