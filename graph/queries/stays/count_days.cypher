// How many days of venues there are, from the count that the store keeps.
//
// Params:  none
// Rows:    days      one
// Needs:   nothing

MATCH (d:VenueDay)
RETURN count(d) AS days
