// Erases people: their keys, all that was sealed under them, and all that they were known by. Scans, stays, cases and
// exposures stay under ids that say nothing, so that what others are told stays true.
//
// Params:  ids      everybody who is the same person
//          by, atMs
// Rows:    id, cards [id]      with the printed cards that were good until now; none when they are other people by now,
//          linked or unlinked meanwhile: the versions rise first, which locks them all before that is looked at
// Needs:   constraint person_id

UNWIND $ids AS id
MATCH (p:Person {id: id})
SET p.version = p.version + 1
WITH collect(p) AS same
WHERE none(p IN same WHERE EXISTS { (p)-[:SAME_AS]-(other) WHERE NOT other.id IN $ids })
  AND all(p IN same WHERE coalesce(p.canonical, p.id) = coalesce(head(same).canonical, head(same).id))
UNWIND same AS p
WITH p
WHERE p.key IS NOT NULL
SET p.key = null, p.sealed = null, p.nameKeys = '', p.erasedAt = toInteger($atMs), p.erasedBy = $by
WITH p, COLLECT { MATCH (p)-[:HOLDS]->(c:Card) WHERE c.revokedAt IS NULL RETURN c } AS cards
FOREACH (c IN cards | SET c.revokedAt = toInteger($atMs))
WITH p, cards
CALL (p) {
  MATCH (p)-[:HAS]->(e:Evidence)
  DETACH DELETE e
}
CALL (p) {
  MATCH (p)-[:WAS]->(s:Status)
  DETACH DELETE s
}
CALL (p) {
  MATCH (p)<-[:OF]-(a:Appeal)
  DETACH DELETE a
}
CALL (p) {
  MATCH (p)<-[:TO]-(k:Call)
  DETACH DELETE k
}
CALL (p) {
  MATCH (p)-[:HAS]->(d:Device)
  DETACH DELETE d
}
CALL (p) {
  MATCH (p)<-[:ABOUT]-(r:Repair)
  DETACH DELETE r
}
CALL (p) {
  MATCH (e:LogEntry {person: p.id})
  DELETE e
}
CALL (p) {
  MATCH (p)<-[is:IS]-(a:Account)
  SET a.disabledAt = toInteger($atMs), a.phoneKey = null
  DELETE is
}
CALL (p) {
  MATCH (p)-[known:KNOWN_BY]->(i:Identifier)
  DELETE known
  WITH DISTINCT i
  WHERE NOT EXISTS { (i)<-[:KNOWN_BY]-() }
  DELETE i
}
RETURN p.id AS id, [c IN cards | c.id] AS cards
