// The days of venues on which stays of these people hang.
//
// Params:  people, sincesMs      columns: stays that ended before `since` do not matter
// Rows:    key `venue|yyyymmdd`
// Needs:   constraint person_id

UNWIND range(0, size($people) - 1) AS i
MATCH (:Person {id: $people[i]})-[s:AT]->(d:VenueDay)
WHERE s.out > toInteger($sincesMs[i])
RETURN DISTINCT d.key AS key
