// People with scans of days before a day, a page at a time.
//
// Params:  beforeDay yyyymmdd, after (a person, or ''), limit
// Rows:    person, ascending
// Needs:   index person_day

MATCH (p:Person)-[:HAS]->(d:PersonDay)
WHERE d.day < $beforeDay AND p.id > $after
RETURN DISTINCT p.id AS person
ORDER BY person
LIMIT toInteger($limit)
