// Facts that were taken back are not taken in again by a second run of their file; people are counted by unit.
CREATE CONSTRAINT retraction_id IF NOT EXISTS FOR (r:Retraction) REQUIRE r.id IS UNIQUE;
CREATE INDEX person_unit IF NOT EXISTS FOR (p:Person) ON (p.unit);
