// Drafts of policies, by id and by the version they would become.
CREATE CONSTRAINT draft_id IF NOT EXISTS FOR (d:Draft) REQUIRE d.id IS UNIQUE;
CREATE CONSTRAINT draft_key IF NOT EXISTS FOR (d:Draft) REQUIRE d.key IS UNIQUE;
