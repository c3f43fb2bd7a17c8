-- Whatever routing is configured by announces its change, so that every server process loads it anew.
CREATE FUNCTION parley.announce_configuration_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('parley_configuration', '');
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['msdyn_liveworkstream', 'msdyn_liveworkstreamcapacityprofile', 'msdyn_ocliveworkstreamcontextvariable',
    'msdyn_livechatconfig', 'msdyn_routingconfiguration', 'msdyn_routingconfigurationstep', 'msdyn_decisionruleset',
    'queue', 'queuemembership', 'msdyn_assignmentconfiguration', 'msdyn_assignmentconfigurationstep', 'msdyn_overflowactionconfig',
    'msdyn_operatinghour', 'calendar', 'calendarrule', 'msdyn_occhannelconfiguration', 'msdyn_occhannelstateconfiguration',
    'msdyn_omnichannelconfiguration', 'msdyn_presence', 'characteristic', 'ratingmodel', 'ratingvalue', 'msdyn_capacityprofile',
    'bookableresource', 'bookableresourcecharacteristic', 'msdyn_bookableresourcecapacityprofile', 'systemuser', 'systemuserroles', 'role',
    'usersettings']
  LOOP
    EXECUTE format('CREATE TRIGGER announce_configuration_change AFTER INSERT OR UPDATE OR DELETE ON data.%I FOR EACH STATEMENT EXECUTE FUNCTION parley.announce_configuration_change()', name);
  END LOOP;
END $$;
