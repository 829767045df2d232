// How many people there are in units: those of whom nothing is known that counts here, and all. Those who are the same
// person count once, in the unit that the person counts in (as gate/people). Most are linked to nobody, and are looked
// at alone, which costs far less.
//
// Params:  units      null: people without a unit
//          kinds      of evidence that counts; cases and exposures always do
//          looks      epoch milliseconds, ascending: days that are looked at one by one; [] for the present
// Rows:    unit, verified, missed, people, without      `missed` looks were before anything of these people was known
// Needs:   index person_unit, index person_canonical, constraint person_id

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
  RETURN p.unit AS unit, p.verified AS verified,
         size([at IN $looks WHERE at < coalesce(p.createdAt, 0)]) AS missed,
         EXISTS { (p)-[:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL }
         OR EXISTS { (p)<-[:OF]-(c:Case) WHERE c.retractedAt IS NULL }
         OR EXISTS { (p)-[:HAS]->(e:Evidence) WHERE e.kind IN $kinds } AS something
  UNION ALL
  MATCH (q:Person)
  WHERE q.canonical IS NOT NULL
  WITH DISTINCT q.canonical AS id
  MATCH (p:Person {id: id})
  WITH [p] + COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
  WITH same, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit
  WHERE ($units IS NULL AND unit IS NULL) OR unit IN $units
  RETURN unit, any(o IN same WHERE o.verified) AS verified,
         size([at IN $looks WHERE all(o IN same WHERE at < coalesce(o.createdAt, 0))]) AS missed,
         any(o IN same WHERE EXISTS { (o)-[:EXPOSED]->(c:Case) WHERE c.retractedAt IS NULL }
             OR EXISTS { (o)<-[:OF]-(c:Case) WHERE c.retractedAt IS NULL }
             OR EXISTS { (o)-[:HAS]->(e:Evidence) WHERE e.kind IN $kinds }) AS something
}
RETURN unit, verified, missed, count(*) AS people, sum(CASE WHEN something THEN 0 ELSE 1 END) AS without
