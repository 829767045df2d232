// How many versions are published: tells a process that there is something to read.
//
// Params:  none
// Rows:    published
// Needs:   nothing

MATCH (p:Policy)
RETURN count(p) AS published
