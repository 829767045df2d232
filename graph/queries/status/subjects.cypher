// All that the colours of people rest on: who they are, their evidence, their own unretracted cases, and their exposures
// to cases that stand; with those of everybody who is the same person. The version is taken before the evidence is looked
// at, so that it never says more than its evidence; it is the sum of theirs, so that it rises for all when one's does.
//
// Params:  people
// Rows:    id, version, key, verified, unit      `key` is the person's own
//          records        {key, sealed}; that of the one they count as comes first
//          same           ids of everybody they are the same as, themselves too
//          evidence       {id, sealed, key it opens under, held}
//          cases          {case, at: onset or else sampledAt, isolatedAt}
//          exposures      {case, level, at, lastAt, minutes, trust, dose, setting of the witness's venue, held}
//          hasDevice      whether an account is theirs
// Needs:   constraint person_id, constraint venue_id

UNWIND $people AS id
MATCH (p:Person {id: id})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})
WITH p, [root] + COLLECT { MATCH (root)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
WITH p, same, reduce(sum = 0, o IN same | sum + o.version) AS version
RETURN p.id AS id, version, p.key AS key,
       any(o IN same WHERE o.verified) AS verified, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit,
       [o IN same WHERE o.key IS NOT NULL AND o.sealed IS NOT NULL | {key: o.key, sealed: o.sealed}] AS records,
       [o IN same | o.id] AS same,
       COLLECT {
         UNWIND same AS q
         MATCH (q)-[:HAS]->(e:Evidence)
         WHERE q.key IS NOT NULL
         RETURN {id: e.id, sealed: e.sealed, key: q.key, held: e.heldAt IS NOT NULL} ORDER BY e.id
       } AS evidence,
       COLLECT {
         UNWIND same AS q
         MATCH (q)<-[:OF]-(c:Case)
         WHERE c.retractedAt IS NULL
         RETURN {case: c.id, at: coalesce(c.onset, c.sampledAt), isolatedAt: c.isolatedAt} ORDER BY c.id
       } AS cases,
       COLLECT {
         UNWIND same AS q
         MATCH (q)-[x:EXPOSED]->(c:Case)
         WHERE c.retractedAt IS NULL
         OPTIONAL MATCH (v:Venue {id: x.venue})
         RETURN {case: c.id, level: x.level, at: x.at, lastAt: x.lastAt, minutes: x.minutes, trust: x.trust,
                 dose: x.dose, setting: v.setting, held: x.heldAt IS NOT NULL} ORDER BY c.id, x.level
       } AS exposures,
       EXISTS { UNWIND same AS q MATCH (q)<-[:IS]-(:Account) } AS hasDevice
