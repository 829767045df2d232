// Puts other words for what published versions rest on; the rules of each are the same in both texts.
//
// Params:  rows      {key: 'id|version', text: canonical JSON}
// Rows:    none
// Needs:   constraint policy_key

UNWIND $rows AS row
MATCH (p:Policy {key: row.key})
SET p.text = row.text
