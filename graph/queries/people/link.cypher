// Links a person to another, as whom they count from now on, together with everybody linked to them. The versions rise
// first, which locks both before they are compared.
//
// Params:  person, into      who is linked, and to whom
//          merge, by, reason (sealed under the key of `into`), atMs      the record of it
// Rows:    id      everybody who counts as `into` from now on; none when one of the two is linked already or erased
// Needs:   constraint person_id, constraint merge_id

MATCH (p:Person {id: $person})
MATCH (into:Person {id: $into})
WHERE p <> into
SET p.version = p.version + 1, into.version = into.version + 1
WITH p, into
WHERE p.canonical IS NULL AND into.canonical IS NULL AND p.key IS NOT NULL AND into.key IS NOT NULL
CREATE (p)-[:SAME_AS]->(into)
CREATE (m:Merge {id: $merge, by: $by, reason: $reason, at: toInteger($atMs)})
CREATE (m)-[:JOINED]->(p)
CREATE (m)-[:INTO]->(into)
WITH into, COLLECT { MATCH (p)<-[:SAME_AS*0..]-(q) RETURN q } AS joined
FOREACH (q IN joined | SET q.canonical = into.id)
WITH into
MATCH (into)<-[:SAME_AS*0..]-(q)
RETURN q.id AS id
