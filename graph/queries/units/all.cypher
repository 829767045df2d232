// All units there are: a few thousand.
//
// Params:  none
// Rows:    code, name, parent, level, validFrom, validTo      name is null for one that is only named as a parent yet
// Needs:   nothing

MATCH (u:Unit)
OPTIONAL MATCH (u)-[:PART_OF]->(parent:Unit)
RETURN u.code AS code, u.name AS name, parent.code AS parent, u.level AS level,
       u.validFrom AS validFrom, u.validTo AS validTo
ORDER BY u.code
