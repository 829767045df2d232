// What gates noted, by id; listed by place, by unit and by age, and forgotten by person.
CREATE CONSTRAINT log_entry_id IF NOT EXISTS FOR (e:LogEntry) REQUIRE e.id IS UNIQUE;
CREATE INDEX log_entry_venue IF NOT EXISTS FOR (e:LogEntry) ON (e.venue, e.lastAt);
CREATE INDEX log_entry_person IF NOT EXISTS FOR (e:LogEntry) ON (e.person);
CREATE INDEX log_entry_at IF NOT EXISTS FOR (e:LogEntry) ON (e.lastAt);
