// Holds a case for the rest of the transaction, if it is still ours to trace.
//
// Params:  id, generation
// Rows:    id      none when somebody else has begun to trace it
// Needs:   constraint case_id

MATCH (c:Case {id: $id})
SET c.id = c.id
WITH c
WHERE c.generation = toInteger($generation)
RETURN c.id AS id
