// Venues of imported files, made when first seen: kind `other`, a closed room without zones (SPEC 5, 12).
//
// Params:  rows      {id, code}
//          atMs      epoch milliseconds
// Rows:    none
// Needs:   constraint venue_id, constraint venue_code

UNWIND $rows AS row
MERGE (v:Venue {id: row.id})
  ON CREATE SET v.code = row.code, v.name = row.id, v.kind = 'other', v.setting = 'closed', v.zones = [],
                v.createdAt = toInteger($atMs)
