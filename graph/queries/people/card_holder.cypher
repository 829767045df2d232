// Whose card it is.
//
// Params:  card
// Rows:    person, unit, revokedAtMs      one or none
// Needs:   constraint card_id

MATCH (c:Card {id: $card})<-[:HOLDS]-(p:Person)
RETURN coalesce(p.canonical, p.id) AS person, p.unit AS unit, c.revokedAt AS revokedAtMs
