// What may end the carrying of people: quarantines, isolations and tests, sealed, and isolations as cases of their own.
//
// Params:  people
// Rows:    person, isolations [epoch milliseconds]
//          evidence      {kind, sealed, from, until, key it opens under}; also of those who are the same person
// Needs:   constraint person_id

UNWIND $people AS id
MATCH (p:Person {id: id})
WITH p,
     COLLECT { MATCH (p)<-[:SAME_AS*0..]-()<-[:OF]-(c:Case) WHERE c.retractedAt IS NULL AND c.isolatedAt IS NOT NULL
               RETURN c.isolatedAt } AS isolations,
     COLLECT { MATCH (p)<-[:SAME_AS*0..]-(q)-[:HAS]->(e:Evidence)
               WHERE e.kind IN ['test', 'quarantine', 'isolation'] AND q.key IS NOT NULL
               RETURN {kind: e.kind, sealed: e.sealed, from: e.at, until: e.until, key: q.key} } AS evidence
WHERE size(isolations) > 0 OR size(evidence) > 0
RETURN p.id AS person, isolations, evidence
