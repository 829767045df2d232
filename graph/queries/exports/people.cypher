// The sealed records of many people at once, for the ids that files know them by.
//
// Params:  ids
// Rows:    id, records [{key, sealed}]      one per person: their own record, then those of who is linked to them
// Needs:   constraint person_id

UNWIND $ids AS id
MATCH (p:Person {id: id})
WITH p, [p] + COLLECT { MATCH (p)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
RETURN p.id AS id, [o IN same WHERE o.key IS NOT NULL AND o.sealed IS NOT NULL | {key: o.key, sealed: o.sealed}] AS records
