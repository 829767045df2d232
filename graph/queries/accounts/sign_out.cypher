// Ends the tokens that the accounts of a person, and of those linked to them, were given before an instant.
//
// Params:  person, beforeMs
// Rows:    id      of each account
// Needs:   constraint person_id

MATCH (:Person {id: $person})<-[:SAME_AS*0..]-()<-[:IS]-(a:Account)
SET a.signedOutAt = CASE WHEN coalesce(a.signedOutAt, 0) < $beforeMs THEN toInteger($beforeMs) ELSE a.signedOutAt END
RETURN a.id AS id
