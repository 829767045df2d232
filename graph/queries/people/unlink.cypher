// Undoes a link: whoever was linked, with everybody linked to them, is a person of their own again. All versions rise
// above what they were together, so that no snapshot of the linked ones outlives this.
//
// Params:  merge, by, reason (sealed), atMs
// Rows:    id, root, was      everybody whom it is about, whom they count as now and whom they counted as;
//          none when it was undone already
// Needs:   constraint merge_id, constraint person_id

MATCH (m:Merge {id: $merge})-[:JOINED]->(p:Person)-[link:SAME_AS]->(into:Person)
WHERE m.undoneAt IS NULL AND (m)-[:INTO]->(into)
SET m.undoneAt = toInteger($atMs), m.undoneBy = $by, m.undoneReason = $reason
WITH p, link, COLLECT { MATCH (p)<-[:SAME_AS*0..]-(q) RETURN q } AS apart, p.canonical AS was
WITH p, link, apart, was, COLLECT { MATCH (:Person {id: was})<-[:SAME_AS*0..]-(q) RETURN q } AS all
WITH p, link, apart, was, all, reduce(sum = 0, q IN all | sum + q.version) AS versions
DELETE link
FOREACH (q IN all | SET q.version = versions + 1)
FOREACH (q IN apart | SET q.canonical = CASE WHEN q = p THEN null ELSE p.id END)
WITH all, was
UNWIND all AS q
RETURN q.id AS id, coalesce(q.canonical, q.id) AS root, was
