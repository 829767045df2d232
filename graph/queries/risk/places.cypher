// Where the venues of areas are, on a grid: what lies in one cell counts once.
//
// Params:  areas      each {unit, units: codes of it and all its parts}
//          cell       degrees
// Rows:    unit, lat, lon
// Needs:   index venue_unit

UNWIND $areas AS area
MATCH (v:Venue)
WHERE v.unit IN area.units AND v.lat IS NOT NULL AND v.lon IS NOT NULL
RETURN DISTINCT area.unit AS unit, round(v.lat / $cell) * $cell AS lat, round(v.lon / $cell) * $cell AS lon
