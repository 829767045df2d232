// All that the colours of people rest on: their evidence, their own unretracted cases, and their exposures to cases
// that stand; with those of everybody who is the same person. Read after the version (gate/people), so that a version
// never says more than its evidence.
//
// Params:  people
// Rows:    id
//          evidence       {id, sealed, key it opens under, held}
//          cases          {case, at: onset or else sampledAt, isolatedAt}
//          exposures      {case, level, at, lastAt, minutes, trust, dose, setting of the witness's venue, held}
//          hasDevice      whether an account is theirs
// Needs:   constraint person_id, constraint venue_id

UNWIND $people AS id
MATCH (p:Person {id: id})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})
RETURN p.id AS id,
       COLLECT {
         MATCH (root)<-[:SAME_AS*0..]-(q)-[:HAS]->(e:Evidence)
         WHERE q.key IS NOT NULL
         RETURN {id: e.id, sealed: e.sealed, key: q.key, held: e.heldAt IS NOT NULL} ORDER BY e.id
       } AS evidence,
       COLLECT {
         MATCH (root)<-[:SAME_AS*0..]-()<-[:OF]-(c:Case)
         WHERE c.retractedAt IS NULL
         RETURN {case: c.id, at: coalesce(c.onset, c.sampledAt), isolatedAt: c.isolatedAt} ORDER BY c.id
       } AS cases,
       COLLECT {
         MATCH (root)<-[:SAME_AS*0..]-()-[x:EXPOSED]->(c:Case)
         WHERE c.retractedAt IS NULL
         OPTIONAL MATCH (v:Venue {id: x.venue})
         RETURN {case: c.id, level: x.level, at: x.at, lastAt: x.lastAt, minutes: x.minutes, trust: x.trust,
                 dose: x.dose, setting: v.setting, held: x.heldAt IS NOT NULL} ORDER BY c.id, x.level
       } AS exposures,
       EXISTS { MATCH (root)<-[:SAME_AS*0..]-()<-[:IS]-(:Account) } AS hasDevice
