// The exposures of a case as a tracer works on them: by level, the highest dose first, a page at a time.
//
// Params:  id, level (null: all), minDose (null: all), limit
//          after      {level, dose, at, person} of the last row before, or null; a missing dose counts as -1
// Rows:    as cases/exposed
// Needs:   constraint case_id

MATCH (c:Case {id: $id})<-[x:EXPOSED]-(p:Person)
WHERE c.retractedAt IS NULL AND ($level IS NULL OR x.level = $level) AND ($minDose IS NULL OR x.dose >= $minDose)
WITH p, x, coalesce(x.dose, -1.0) AS rank
WHERE $after IS NULL OR x.level > $after.level OR (x.level = $after.level AND (rank < $after.dose
   OR (rank = $after.dose AND (x.at > $after.at OR (x.at = $after.at AND p.id > $after.person)))))
RETURN p.id AS person, x.level AS level, x.at AS at, x.lastAt AS lastAt, x.via AS via, x.venue AS venue,
       x.from AS from, x.to AS to, x.minutes AS minutes, x.dose AS dose, x.trust AS trust, x.encounters AS encounters
ORDER BY level, rank DESC, at, person
LIMIT toInteger($limit)
