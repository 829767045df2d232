// Takes back what was doubted about people's scans: they are folded anew, and what is found is kept again.
//
// Params:  people, fromsMs      columns of one length: doubts about scans from an instant on
// Rows:    none
// Needs:   index log_entry_person

UNWIND range(0, size($people) - 1) AS i
MATCH (e:LogEntry {person: $people[i]})
WHERE e.scan IS NOT NULL AND e.lastAt >= toInteger($fromsMs[i])
DELETE e
