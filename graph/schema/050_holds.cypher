// Evidence that waits for a second officer, by its hold; a unit has one open hold.
CREATE CONSTRAINT hold_id IF NOT EXISTS FOR (h:Hold) REQUIRE h.id IS UNIQUE;
CREATE CONSTRAINT hold_open IF NOT EXISTS FOR (h:Hold) REQUIRE h.openFor IS UNIQUE;
CREATE INDEX evidence_hold IF NOT EXISTS FOR (e:Evidence) ON (e.hold);
CREATE INDEX evidence_held IF NOT EXISTS FOR (e:Evidence) ON (e.heldAt);
CREATE INDEX exposed_hold IF NOT EXISTS FOR ()-[x:EXPOSED]-() ON (x.hold);
CREATE INDEX exposed_held IF NOT EXISTS FOR ()-[x:EXPOSED]-() ON (x.heldAt);
