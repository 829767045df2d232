// All units there are: some ten thousand.
//
// Params:  none
// Rows:    code, name, parent, level, validFrom, validTo, timezone, mergedInto      name is null for one that is only
//          named as a parent yet; earlier: JSON of the other versions of its code
// Needs:   nothing

MATCH (u:Unit)
OPTIONAL MATCH (u)-[:PART_OF]->(parent:Unit)
RETURN u.code AS code, u.name AS name, parent.code AS parent, u.level AS level,
       u.validFrom AS validFrom, u.validTo AS validTo, u.timezone AS timezone, u.mergedInto AS mergedInto,
       coalesce(u.earlier, []) AS earlier
ORDER BY u.code
