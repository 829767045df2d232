// People whose names hold these words, those first who are called nothing else; whoever is linked to another is that other.
//
// Params:  query      of the full-text index: keyed hashes of folded words, quoted, joined by AND
//          units      codes of the units that may be seen, or null for all
//          skip, limit      hits of the index
// Rows:    id, score, seen      one per hit; `seen` tells whether the caller may know of them
// Needs:   index person_names

CALL db.index.fulltext.queryNodes('person_names', $query, {skip: toInteger($skip), limit: toInteger($limit)})
YIELD node, score
RETURN coalesce(node.canonical, node.id) AS id, score, $units IS NULL OR node.unit IS NULL OR node.unit IN $units AS seen
