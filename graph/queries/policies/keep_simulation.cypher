// Keeps what a dry run found about a draft, if that is still the draft it was run for.
//
// Params:  id, text, simulation (JSON), atMs
// Rows:    id      none when the draft has changed meanwhile
// Needs:   constraint draft_id

MATCH (d:Draft {id: $id})
SET d.id = d.id
WITH d
WHERE d.text = $text AND d.publishedAt IS NULL
SET d.simulation = $simulation, d.simulatedAt = toInteger($atMs)
RETURN d.id AS id
