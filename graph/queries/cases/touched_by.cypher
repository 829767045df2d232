// The cases that changed stays may touch: those their people belong to, and those with a carrier at one of these
// venues on that day. Carriers are looked up once for each such day.
//
// Params:  people      whose stays changed
//          keys        days of venues where stays changed, `venue|yyyymmdd`
// Rows:    id
// Needs:   constraint person_id, constraint venue_day_key

CALL () {
  UNWIND $people AS id
  MATCH (p:Person {id: id})
  CALL (p) {
    MATCH (p)-[:EXPOSED]->(c:Case)
    RETURN c
    UNION
    MATCH (p)<-[:SAME_AS*0..]-()<-[:OF]-(c:Case)
    RETURN c
  }
  RETURN DISTINCT c
  UNION
  UNWIND $keys AS key
  MATCH (:VenueDay {key: key})<-[s:AT]-(q:Person)
  WITH q, max(s.out) AS last
  CALL (q, last) {
    MATCH (q)-[x:EXPOSED]->(c:Case)
    WHERE last > x.at
    RETURN c
    UNION
    MATCH (q)<-[:SAME_AS*0..]-()<-[:OF]-(c:Case)
    RETURN c
  }
  RETURN DISTINCT c
}
WITH DISTINCT c
WHERE c.retractedAt IS NULL
RETURN c.id AS id
