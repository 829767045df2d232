// Appends reads to the chain and ties them to the people whose data was read, as far as those are still here.
//
// Params:  rows      {chain, number, hash, body, who, purpose, case, atMs, people}; who to atMs are null and people is
//                    empty where the body cannot be read
// Rows:    none
// Needs:   constraint read_number, constraint person_id

UNWIND $rows AS row
CREATE (r:Read {
  chain: row.chain, number: toInteger(row.number), hash: row.hash, body: row.body, who: row.who, purpose: row.purpose,
  case: row.case, at: toInteger(row.atMs)
})
WITH r, row
UNWIND row.people AS person
MATCH (p:Person {id: person})
CREATE (r)-[:OF]->(p)
