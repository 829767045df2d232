// Puts the policies of the files into the graph, each once: one that is there already stays as it is.
//
// Params:  rows      {key: 'id|version', text: canonical JSON}
//          atMs      epoch milliseconds
// Rows:    key, text      what the graph holds afterwards under each of these keys
// Needs:   constraint policy_key

UNWIND $rows AS row
MERGE (p:Policy {key: row.key})
ON CREATE SET p.text = row.text, p.publishedAt = toInteger($atMs)
RETURN p.key AS key, p.text AS text
