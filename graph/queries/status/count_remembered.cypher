// How many versions of people are remembered, from the count that the store keeps.
//
// Params:  none
// Rows:    remembered      one
// Needs:   nothing

MATCH (s:Status)
RETURN count(s) AS remembered
