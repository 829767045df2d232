// Private venues of direct encounters (SPEC 5.2); kind and setting stand for nothing, `direct` tells them apart.
//
// Params:  rows {id, direct}, atMs
// Rows:    none
// Needs:   constraint venue_id

UNWIND $rows AS row
MERGE (v:Venue {id: row.id})
  ON CREATE SET v.code = row.id, v.name = row.id, v.kind = 'other', v.setting = 'closed', v.zones = [],
                v.createdAt = toInteger($atMs)
SET v.direct = row.direct
