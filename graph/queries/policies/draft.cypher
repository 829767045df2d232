// Keeps a draft under the name of its version. Another content takes the place of the one before, and what was found
// out and agreed about that is void; a published one stays as it is.
//
// Params:  id, key, text, by, atMs
// Rows:    id, isOpen      the draft of that name; not open when it has been published
// Needs:   constraint draft_key

MERGE (d:Draft {key: $key})
ON CREATE SET d.id = $id, d.text = '', d.createdAt = toInteger($atMs)
WITH d, d.publishedAt IS NULL AND d.text <> $text AS isOther
FOREACH (_ IN CASE WHEN isOther THEN [1] ELSE [] END |
  SET d.text = $text, d.by = $by, d.changedAt = toInteger($atMs), d.approvals = [], d.simulatedAt = null,
      d.simulation = null)
RETURN d.id AS id, d.publishedAt IS NULL AS isOpen
