// How many versions are published, and how often units or their risk levels changed: tells a process that there is
// something to read.
//
// Params:  none
// Rows:    published, changes
// Needs:   nothing

OPTIONAL MATCH (p:Policy)
WITH count(p) AS published
OPTIONAL MATCH (a:AreaChange)
RETURN published, count(a) AS changes
