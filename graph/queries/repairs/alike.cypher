// People with the same phone and the same folded name, who are not the same person already. A phone of very many people
// tells nothing. The indexes are named, and `other` has no label, so that no plan looks through all people for each row: in
// a new installation one took 2 ms a row.
//
// Params:  rows      {person, phone: key of the identifier, nameKeys}
//          most      people of one phone
// Rows:    person, other, key, sealed      `sealed` of the other opens under `key`
// Needs:   constraint identifier_key, constraint person_id

UNWIND $rows AS row
MATCH (i:Identifier {key: row.phone})
USING INDEX i:Identifier(key)
WHERE COUNT { (i)<-[:KNOWN_BY]-() } <= toInteger($most)
MATCH (i)<-[:KNOWN_BY]-(other)
WHERE other.id <> row.person AND other.nameKeys = row.nameKeys AND other.key IS NOT NULL
OPTIONAL MATCH (p:Person {id: row.person})
USING INDEX p:Person(id)
WITH row, other, p
WHERE p IS NULL OR coalesce(p.canonical, p.id) <> coalesce(other.canonical, other.id)
RETURN row.person AS person, other.id AS other, other.key AS key, other.sealed AS sealed
