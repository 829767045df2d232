// Makes identifiers that led to nobody lead to people: plain CREATEs, for the unique key refuses one that somebody took
// meanwhile, and the transaction with it.
//
// Params:  rows      {person, fresh [{key, system}]}: strong identifiers
// Rows:    none
// Needs:   constraint person_id, constraint identifier_key

UNWIND $rows AS row
MATCH (p:Person {id: row.person})
UNWIND row.fresh AS each
CREATE (p)-[:KNOWN_BY]->(:Identifier {key: each.key, system: each.system, strong: true})
