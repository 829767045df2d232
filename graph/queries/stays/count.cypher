// How many days of venues there are, and stays on them, from the counts that the store keeps.
//
// Params:  none
// Rows:    days, stays      one; a stay counts on each day that it touches
// Needs:   nothing

CALL () {
  MATCH (d:VenueDay)
  RETURN count(d) AS days
}
CALL () {
  MATCH ()-[s:AT]->()
  RETURN count(s) AS stays
}
RETURN days, stays
