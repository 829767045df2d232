// Tells facts about people, each under an id of its own; the versions of their people rise, which also locks them. The
// same fact again changes nothing, another one under the same id amends it, and one that was taken back stays so.
//
// Params:  rows      {person, id, label, kind, sealed: detail under the person's key, print: keyed hash of the detail,
//                     from, until (null: without an end), hold: the hold it waits in, or null}; each id once
//          by, atMs      which account told it, and when
// Rows:    id, fate: 'told', 'amended', or 'elsewhere' when the id is a fact of somebody else's; version
//          none for what is there already, was taken back, or whose person is not known
// Needs:   constraint person_id, constraint evidence_id, constraint retraction_id

UNWIND $rows AS row
MATCH (p:Person {id: row.person})
WHERE NOT EXISTS { MATCH (:Retraction {id: row.id}) }
OPTIONAL MATCH (known:Evidence {id: row.id})
OPTIONAL MATCH (owner:Person)-[:HAS]->(known)
WITH row, p, known, owner
WHERE known IS NULL OR owner <> p OR known.print <> row.print
SET p.version = p.version + CASE WHEN known IS NULL OR owner = p THEN 1 ELSE 0 END
WITH row, p, known, owner
CALL (row, p, known) {
  WITH row, p, known WHERE known IS NULL
  CREATE (p)-[:HAS]->(e:Evidence {id: row.id, kind: row.kind, sealed: row.sealed, print: row.print,
                                  at: toInteger(row.from), until: toInteger(row.until), by: $by,
                                  createdAt: toInteger($atMs)})
  SET e:$(row.label)
  SET e.heldAt = CASE WHEN row.hold IS NULL THEN null ELSE toInteger($atMs) END, e.hold = row.hold
}
CALL (row, p, known, owner) {
  WITH row, p, known, owner WHERE owner = p
  SET known.sealed = row.sealed, known.print = row.print, known.at = toInteger(row.from),
      known.until = toInteger(row.until)
  SET known.heldAt = CASE WHEN row.hold IS NULL THEN known.heldAt ELSE toInteger($atMs) END,
      known.hold = coalesce(row.hold, known.hold)
}
RETURN row.id AS id, p.version AS version,
       CASE WHEN known IS NULL THEN 'told' WHEN owner = p THEN 'amended' ELSE 'elsewhere' END AS fate
