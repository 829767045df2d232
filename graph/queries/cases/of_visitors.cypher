// The cases of everybody who stayed at a venue; of linked people, those of all.
//
// Params:  venue
// Rows:    id
// Needs:   constraint venue_id

MATCH (:Venue {id: $venue})<-[:OF]-(:VenueDay)<-[:AT]-(p:Person)
WITH DISTINCT coalesce(p.canonical, p.id) AS root
MATCH (:Person {id: root})<-[:SAME_AS*0..]-(:Person)<-[:OF]-(c:Case)
WHERE c.retractedAt IS NULL
RETURN DISTINCT c.id AS id
