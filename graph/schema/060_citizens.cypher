// What citizens told and registered: appeals by their number, devices that are told by Web Push by a hash of where.
CREATE CONSTRAINT appeal_number IF NOT EXISTS FOR (a:Appeal) REQUIRE a.number IS UNIQUE;
CREATE INDEX appeal_at IF NOT EXISTS FOR (a:Appeal) ON (a.at);
CREATE CONSTRAINT device_id IF NOT EXISTS FOR (d:Device) REQUIRE d.id IS UNIQUE;
