// Adds scans to the days they belong to; a person nobody has described yet is made unverified.
//
// Params:  people, keys, days, lines      columns of one length: person, `person|yyyymmdd`, yyyymmdd, packed lines
// Rows:    none
// Needs:   constraint person_id, constraint person_day_key

UNWIND range(0, size($keys) - 1) AS i
MERGE (p:Person {id: $people[i]})
  ON CREATE SET p.version = 1, p.verified = false, p.nameKeys = ''
MERGE (d:PersonDay {key: $keys[i]})
  ON CREATE SET d.day = $days[i], d.scans = [], d.fresh = true
SET d.scans = d.scans + $lines[i]
WITH p, d
WHERE d.fresh
SET d.fresh = null
CREATE (p)-[:HAS]->(d)
