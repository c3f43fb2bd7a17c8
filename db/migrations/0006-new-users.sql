-- Every user has settings, and is a member of the default team of their business unit, also after moving to another.
CREATE FUNCTION parley.settle_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO data.usersettings (systemuserid, businessunitid) VALUES (NEW.systemuserid, NEW.businessunitid)
    ON CONFLICT (systemuserid) DO UPDATE SET businessunitid = excluded.businessunitid;
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM data.teammembership m USING data.team t
      WHERE m.systemuserid = NEW.systemuserid AND t.teamid = m.teamid AND t.isdefault AND t.businessunitid = OLD.businessunitid;
  END IF;
  -- The id follows from the pair, so that a seeded organisation is the same on every machine.
  INSERT INTO data.teammembership (teammembershipid, teamid, systemuserid)
    SELECT md5(t.teamid::text || NEW.systemuserid::text)::uuid, t.teamid, NEW.systemuserid FROM data.team t WHERE t.isdefault AND t.businessunitid = NEW.businessunitid
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER settle_new_user AFTER INSERT ON data.systemuser FOR EACH ROW EXECUTE FUNCTION parley.settle_user();

CREATE TRIGGER settle_moved_user AFTER UPDATE OF businessunitid ON data.systemuser FOR EACH ROW
  WHEN (OLD.businessunitid IS DISTINCT FROM NEW.businessunitid) EXECUTE FUNCTION parley.settle_user();
