// People who are linked to another: found from the one they count as. Kept stays are found by whose fact they are.
CREATE INDEX person_canonical IF NOT EXISTS FOR (p:Person) ON (p.canonical);
CREATE INDEX stay_of IF NOT EXISTS FOR ()-[s:AT]-() ON (s.of);
CREATE CONSTRAINT merge_id IF NOT EXISTS FOR (m:Merge) REQUIRE m.id IS UNIQUE;
CREATE INDEX repair_id IF NOT EXISTS FOR (r:Repair) ON (r.id);
CREATE INDEX repair_state IF NOT EXISTS FOR (r:Repair) ON (r.state, r.id);
