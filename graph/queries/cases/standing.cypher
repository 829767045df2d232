// What may end the carrying of people: quarantines, isolations and tests, sealed, and isolations as cases of their own.
//
// Params:  people
// Rows:    person, key, isolations [epoch milliseconds]
//          evidence      {kind, sealed, from, until}
// Needs:   constraint person_id

UNWIND $people AS id
MATCH (p:Person {id: id})
WITH p,
     COLLECT { MATCH (c:Case)-[:OF]->(p) WHERE c.retractedAt IS NULL AND c.isolatedAt IS NOT NULL
               RETURN c.isolatedAt } AS isolations,
     COLLECT { MATCH (p)-[:HAS]->(e:Evidence) WHERE e.kind IN ['test', 'quarantine', 'isolation']
               RETURN {kind: e.kind, sealed: e.sealed, from: e.at, until: e.until} } AS evidence
WHERE size(isolations) > 0 OR size(evidence) > 0
RETURN p.id AS person, p.key AS key, isolations, evidence
