// Cases by id; those whose exposures are not those of their present facts are found by when they were last touched.
CREATE CONSTRAINT case_id IF NOT EXISTS FOR (c:Case) REQUIRE c.id IS UNIQUE;
CREATE INDEX case_due IF NOT EXISTS FOR (c:Case) ON (c.dueAt);
