// Moves a stream's position, if it still is where the caller read on from. The position is locked before it is
// compared, so of two readers one moves it; the other's transaction must then be undone.
//
// Params:  stream, from, to      positions `ms-seq`; `0-0` before the first entry
// Rows:    position      none when somebody else moved it
// Needs:   constraint shard_id

MERGE (s:Shard {id: $stream})
  ON CREATE SET s.position = '0-0'
SET s.id = s.id
WITH s
WHERE s.position = $from
SET s.position = $to
RETURN s.position AS position
