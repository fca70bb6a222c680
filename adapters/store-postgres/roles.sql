-- Rights of the role that Baqylau runs as, when another role owns the tables. Run as the owner, after `baqylau init`:
--   psql "$OWNER_URL" --set app=baqylau_app --file roles.sql
-- It may add to the log and read it. It may not change or delete anything there, nor give itself the right to.
GRANT USAGE ON SCHEMA baqylau TO :"app";
GRANT SELECT ON baqylau.schema_version TO :"app";
GRANT SELECT, INSERT ON baqylau.organisation, baqylau.log, baqylau.leaf_hash, baqylau.checkpoint TO :"app";
GRANT SELECT, INSERT, UPDATE ON baqylau.edge, baqylau.device_head TO :"app";
GRANT SELECT, INSERT, DELETE ON baqylau.blob TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON baqylau.key_vault TO :"app";
GRANT EXECUTE ON FUNCTION baqylau.rewrite_key_vault() TO :"app";
