// Keeps a risk level that was found; everybody whose colour it changes is still to be told.
//
// Params:  key, unit, at, level, noticeMs, scale, found, by
// Rows:    key
// Needs:   constraint area_change_key

CREATE (a:AreaChange:Assessment {key: $key, unit: $unit, at: toInteger($at), level: toInteger($level),
                                 noticeMs: toInteger($noticeMs), scale: $scale, found: $found, by: $by})
RETURN a.key AS key
