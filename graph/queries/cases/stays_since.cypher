// Where and when these people stayed.
//
// Params:  people, sincesMs      columns: stays that ended before `since` do not matter
// Rows:    key `venue|yyyymmdd`, in, out      one for each day that a stay touches
// Needs:   constraint person_id

UNWIND range(0, size($people) - 1) AS i
MATCH (:Person {id: $people[i]})-[s:AT]->(d:VenueDay)
WHERE s.out > toInteger($sincesMs[i])
RETURN DISTINCT d.key AS key, s.in AS in, s.out AS out
