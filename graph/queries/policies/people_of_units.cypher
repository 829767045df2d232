// The people of units of whom something is known that counts here, with all that their colours rest on (as
// status/subjects): everybody whom policies/known_people does not count as `without`.
//
// Params:  units      null: people without a unit
//          kinds      of evidence that counts; cases and exposures always do
// Rows:    unit, verified, evidence {id, sealed, key it opens under, held}, cases, exposures
// Needs:   index person_unit, index person_canonical, constraint person_id, constraint venue_id

CALL () {
  CALL () {
    MATCH (p:Person)
    WHERE p.unit IN $units
    RETURN p
    UNION ALL
    WITH $units AS units
    WHERE units IS NULL
    MATCH (p:Person)
    WHERE p.unit IS NULL
    RETURN p
  }
  WITH p
  WHERE p.canonical IS NULL AND NOT EXISTS { (p)<-[:SAME_AS]-() }
    AND (EXISTS { (p)-[:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL }
         OR EXISTS { (p)<-[:OF]-(c:Case) WHERE c.retractedAt IS NULL }
         OR EXISTS { (p)-[:HAS]->(e:Evidence) WHERE e.kind IN $kinds })
  RETURN [p] AS same, p.unit AS unit
  UNION ALL
  MATCH (q:Person)
  WHERE q.canonical IS NOT NULL
  WITH DISTINCT q.canonical AS id
  MATCH (p:Person {id: id})
  WITH [p] + COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
  WITH same, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit
  WHERE (($units IS NULL AND unit IS NULL) OR unit IN $units)
    AND any(o IN same WHERE EXISTS { (o)-[:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL }
            OR EXISTS { (o)<-[:OF]-(c:Case) WHERE c.retractedAt IS NULL }
            OR EXISTS { (o)-[:HAS]->(e:Evidence) WHERE e.kind IN $kinds })
  RETURN same, unit
}
RETURN unit, any(o IN same WHERE o.verified) AS verified,
       COLLECT { UNWIND same AS o
                 MATCH (o)-[:HAS]->(e:Evidence) WHERE o.key IS NOT NULL
                 RETURN {id: e.id, sealed: e.sealed, key: o.key, held: e.heldAt IS NOT NULL} } AS evidence,
       COLLECT { UNWIND same AS o
                 MATCH (c:Case)-[:OF]->(o) WHERE c.retractedAt IS NULL
                 RETURN {case: c.id, at: coalesce(c.onset, c.sampledAt), isolatedAt: c.isolatedAt} } AS cases,
       COLLECT { UNWIND same AS o
                 MATCH (o)-[x:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL
                 OPTIONAL MATCH (v:Venue {id: x.venue})
                 RETURN {case: c.id, level: x.level, at: x.at, lastAt: x.lastAt, minutes: x.minutes, trust: x.trust,
                         dose: x.dose, setting: v.setting, held: x.heldAt IS NOT NULL} } AS exposures
