// Whose a fact is; somebody linked to another is that other.
//
// Params:  id
// Rows:    person      none when it is nobody's, or was taken back
// Needs:   constraint evidence_id

MATCH (p:Person)-[:HAS]->(:Evidence {id: $id})
RETURN coalesce(p.canonical, p.id) AS person
