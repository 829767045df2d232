// Forgets scans before a cut, and remembers where folding of the rest begins.
//
// Params:  people, bases, cutsMs      columns of one length; a base is FoldState as JSON
//          keys, lines                for each person the days that change, and the lines that stay in each
// Rows:    none
// Needs:   constraint person_id, constraint person_day_key

UNWIND range(0, size($people) - 1) AS i
MATCH (p:Person {id: $people[i]})
SET p.base = $bases[i], p.baseBefore = toInteger($cutsMs[i])
WITH i
UNWIND range(0, size($keys[i]) - 1) AS j
MATCH (d:PersonDay {key: $keys[i][j]})
SET d.scans = $lines[i][j]
WITH d
WHERE size(d.scans) = 0
DETACH DELETE d
