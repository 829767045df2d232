// The dependants of somebody, and of those linked to them; whoever is linked to their own guardian is none.
//
// Params:  guardian
// Rows:    id, atMs      by whom they count as; none of who was erased
// Needs:   constraint person_id

MATCH (g:Person {id: $guardian})<-[:SAME_AS*0..]-()-[guards:GUARDS]->(d:Person)
WHERE d.key IS NOT NULL AND coalesce(d.canonical, d.id) <> coalesce(g.canonical, g.id)
RETURN coalesce(d.canonical, d.id) AS id, min(guards.at) AS atMs
ORDER BY atMs, id
