// Everybody who is the same person as one of these, themselves included.
//
// Params:  ids
// Rows:    id, root      `root` is whom they count as
// Needs:   constraint person_id

UNWIND $ids AS asked
MATCH (p:Person {id: asked})
MATCH (root:Person {id: coalesce(p.canonical, p.id)})<-[:SAME_AS*0..]-(q)
RETURN DISTINCT q.id AS id, root.id AS root
