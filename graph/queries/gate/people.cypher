// Many people at once, each with the records of everybody they are the same as. The version is the sum of theirs, so
// that it rises for all of them when it rises for one.
//
// Params:  ids
// Rows:    id, version, key, verified, unit      `key` is the person's own
//          records      {key, sealed}; that of the one they count as comes first
//          same         ids of everybody they are the same as, themselves too
// Needs:   constraint person_id

UNWIND $ids AS id
MATCH (p:Person {id: id})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})
WITH p, [root] + COLLECT { MATCH (root)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
RETURN p.id AS id, reduce(sum = 0, o IN same | sum + o.version) AS version, p.key AS key,
       any(o IN same WHERE o.verified) AS verified, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit,
       [o IN same WHERE o.key IS NOT NULL AND o.sealed IS NOT NULL | {key: o.key, sealed: o.sealed}] AS records,
       [o IN same | o.id] AS same
