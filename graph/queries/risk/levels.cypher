// Every risk level that was found, oldest first: a few per unit and week.
//
// Params:  none
// Rows:    unit, atMs, level, noticeMs
// Needs:   nothing

MATCH (a:Assessment)
RETURN a.unit AS unit, a.at AS atMs, a.level AS level, a.noticeMs AS noticeMs
ORDER BY atMs, a.key
