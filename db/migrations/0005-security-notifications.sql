-- Whatever decides access announces its change, so that every server process forgets what it has cached.
CREATE FUNCTION parley.announce_security_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('parley_security', '');
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['systemuser', 'team', 'businessunit', 'role', 'usersettings', 'organization', 'systemuserroles',
    'teamroles', 'teammembership', 'roleprivileges', 'privilege']
  LOOP
    EXECUTE format('CREATE TRIGGER announce_security_change AFTER INSERT OR UPDATE OR DELETE ON data.%I FOR EACH STATEMENT EXECUTE FUNCTION parley.announce_security_change()', name);
  END LOOP;
END $$;
