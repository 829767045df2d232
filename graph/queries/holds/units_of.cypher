// The units of people, as gate/people has them; who has none is not in the answer.
//
// Params:  people
// Rows:    person, unit
// Needs:   constraint person_id

UNWIND $people AS id
MATCH (p:Person {id: id})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})
WITH p, [root] + COLLECT { MATCH (root)<-[:SAME_AS*1..]-(o) RETURN o ORDER BY o.id } AS same
WITH p, head([o IN same WHERE o.unit IS NOT NULL | o.unit]) AS unit
WHERE unit IS NOT NULL
RETURN p.id AS person, unit
