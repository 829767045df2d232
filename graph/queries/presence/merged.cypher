// Everybody who is linked to another, and whom they count as.
//
// Params:  none
// Rows:    id, root
// Needs:   index person_canonical

MATCH (p:Person)
WHERE p.canonical IS NOT NULL
RETURN p.id AS id, p.canonical AS root
