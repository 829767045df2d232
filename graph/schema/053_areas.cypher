// What changed places or their risk levels: everybody with a device is looked at once after each.
CREATE CONSTRAINT area_change_key IF NOT EXISTS FOR (a:AreaChange) REQUIRE a.key IS UNIQUE;
CREATE INDEX assessment_unit IF NOT EXISTS FOR (a:Assessment) ON (a.unit, a.at);
