// Writes units as a file tells them; a unit that is there is amended, and a parent may follow later. The change waits to
// be looked at: colours may be others now, and cases traced by another rule.
//
// Params:  rows      {code, name, parent, level, validFrom, validTo, timezone, mergedInto, earlier}, each code once;
//                    null takes a property away
// Rows:    none
// Needs:   constraint unit_code

UNWIND $rows AS row
MERGE (u:Unit {code: row.code})
SET u.name = row.name, u.level = row.level, u.validFrom = row.validFrom, u.validTo = row.validTo,
    u.timezone = row.timezone, u.mergedInto = row.mergedInto, u.earlier = row.earlier
WITH u, row
CALL (u, row) {
  OPTIONAL MATCH (u)-[before:PART_OF]->(old:Unit)
  WHERE row.parent IS NULL OR old.code <> row.parent
  DELETE before
}
CALL (u, row) {
  WITH u, row WHERE row.parent IS NOT NULL
  MERGE (parent:Unit {code: row.parent})
  MERGE (u)-[:PART_OF]->(parent)
}
WITH collect(row.code) AS codes
CREATE (:AreaChange {key: randomUUID(), codes: codes})
