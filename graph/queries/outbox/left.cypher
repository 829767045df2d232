// Notes of one step that nobody has handed on yet, oldest first.
//
// Params:  step, beforeMs, limit      only notes older than beforeMs: younger ones are being handed on by their writer
// Rows:    id, body
// Needs:   index outbox_step

MATCH (o:Outbox)
WHERE o.step = $step AND o.at < $beforeMs
RETURN o.id AS id, o.body AS body
ORDER BY o.at
LIMIT toInteger($limit)
