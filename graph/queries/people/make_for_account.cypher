// Makes the person of an account that has none yet. MERGE locks the account before it creates, so that two requests
// at once make one person. The phone of the account leads to the new person beside whoever else it leads to: a phone
// is a weak identifier and merges nobody (SPEC 3).
//
// Params:  account
//          id, key, sealed, nameKeys      the new person
//          atMs      epoch milliseconds
// Rows:    person      the account's person, made now or before; none when there is no such account
// Needs:   constraint account_id, constraint person_id, constraint identifier_key

MATCH (a:Account {id: $account})
MERGE (a)-[:IS]->(p:Person)
  ON CREATE SET p.id = $id, p.version = 1, p.key = $key, p.sealed = $sealed, p.nameKeys = $nameKeys,
                p.verified = false, p.createdAt = toInteger($atMs)
WITH a, p
CALL (a, p) {
  WITH a, p
  WHERE p.id = $id AND a.phoneKey IS NOT NULL
  MERGE (i:Identifier {key: a.phoneKey})
  SET i.system = 'phone', i.strong = false
  MERGE (p)-[:KNOWN_BY]->(i)
}
RETURN p.id AS person
