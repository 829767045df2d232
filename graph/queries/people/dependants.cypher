// The dependants of somebody, and of those linked to them.
//
// Params:  guardian
// Rows:    id, atMs      by whom they count as; none of who was erased
// Needs:   constraint person_id

MATCH (:Person {id: $guardian})<-[:SAME_AS*0..]-()-[guards:GUARDS]->(d:Person)
WHERE d.key IS NOT NULL
RETURN coalesce(d.canonical, d.id) AS id, min(guards.at) AS atMs
ORDER BY atMs, id
