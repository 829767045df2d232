// The risk levels that were found for a unit, the last one first.
//
// Params:  unit, limit
// Rows:    key, unit, at, level, noticeMs, scale, found, by
// Needs:   index assessment_unit

MATCH (a:Assessment {unit: $unit})
RETURN a.key AS key, a.unit AS unit, a.at AS at, a.level AS level, a.noticeMs AS noticeMs, a.scale AS scale,
       a.found AS found, a.by AS by
ORDER BY at DESC, key DESC
LIMIT toInteger($limit)
