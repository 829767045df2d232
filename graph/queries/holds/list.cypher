// Holds, the newest first.
//
// Params:  units (null: all), id (null: all)
// Rows:    id, unit, at, by, people, decided ('released', 'dropped' or null), decidedBy, decidedAt
// Needs:   constraint hold_id

MATCH (h:Hold)
WHERE ($units IS NULL OR h.unit IN $units) AND ($id IS NULL OR h.id = $id)
RETURN h.id AS id, h.unit AS unit, h.at AS at, h.by AS by, h.people AS people, h.decided AS decided,
       h.decidedBy AS decidedBy, h.decidedAt AS decidedAt
ORDER BY at DESC, id
LIMIT 500
