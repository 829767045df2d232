// Days of venues in the order of their keys, a page at a time.
//
// Params:  after, limit      the empty text before the first page
// Rows:    key `venue|yyyymmdd`
// Needs:   constraint venue_day_key

MATCH (d:VenueDay)
WHERE d.key > $after
RETURN d.key AS key
ORDER BY key
LIMIT toInteger($limit)
