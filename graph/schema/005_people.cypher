// Repairs are found by what they are about, so that the same conflict told twice is one; venues are listed by unit.
CREATE CONSTRAINT repair_key IF NOT EXISTS FOR (r:Repair) REQUIRE r.key IS UNIQUE;
CREATE INDEX venue_unit IF NOT EXISTS FOR (v:Venue) ON (v.unit);
