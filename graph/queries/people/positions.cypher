// How far the presence worker has come in these streams.
//
// Params:  streams      names
// Rows:    stream, position      none for a stream nobody has read yet
// Needs:   constraint shard_id

UNWIND $streams AS stream
MATCH (s:Shard {id: stream})
RETURN stream, s.position AS position
