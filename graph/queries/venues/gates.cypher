// The gates of a venue in the order of their pairing, those that were removed too.
//
// Params:  venue
// Rows:    id, name, pairedAtMs, removedAtMs      epoch milliseconds, null while in use
// Needs:   constraint venue_id

MATCH (:Venue {id: $venue})<-[:DOOR_OF]-(g:Gate)
RETURN g.id AS id, g.name AS name, g.pairedAt AS pairedAtMs, g.removedAt AS removedAtMs
ORDER BY g.pairedAt, g.id
