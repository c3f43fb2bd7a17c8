-- The physical tables, written by packages/server/src/model/schema-sql.ts.

CREATE TABLE data."account" (
  "accountcategorycode" integer,
  "accountclassificationcode" integer,
  "accountid" uuid NOT NULL DEFAULT uuidv7(),
  "accountnumber" text COLLATE data.ci,
  "accountratingcode" integer,
  "address1_city" text COLLATE data.ci,
  "address1_country" text COLLATE data.ci,
  "address1_line1" text COLLATE data.ci,
  "address1_line2" text COLLATE data.ci,
  "address1_line3" text COLLATE data.ci,
  "address1_postalcode" text COLLATE data.ci,
  "address1_stateorprovince" text COLLATE data.ci,
  "address1_telephone1" text COLLATE data.ci,
  "businesstypecode" integer,
  "creditlimit" numeric,
  "creditonhold" boolean,
  "customersizecode" integer,
  "customertypecode" integer,
  "description" text COLLATE data.ci,
  "donotbulkemail" boolean DEFAULT false,
  "donotemail" boolean DEFAULT false,
  "donotfax" boolean DEFAULT false,
  "donotphone" boolean DEFAULT false,
  "donotpostalmail" boolean DEFAULT false,
  "donotsendmm" boolean DEFAULT false,
  "emailaddress1" text COLLATE data.ci,
  "emailaddress2" text COLLATE data.ci,
  "emailaddress3" text COLLATE data.ci,
  "fax" text COLLATE data.ci,
  "followemail" boolean DEFAULT true,
  "importsequencenumber" integer,
  "industrycode" integer,
  "marketingonly" boolean,
  "name" text COLLATE data.ci,
  "numberofemployees" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "ownershipcode" integer,
  "parentaccountid" uuid,
  "paymenttermscode" integer,
  "preferredcontactmethodcode" integer,
  "preferredsystemuserid" uuid,
  "primarycontactid" uuid,
  "revenue" numeric,
  "sic" text COLLATE data.ci,
  "slaid" uuid,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "stockexchange" text COLLATE data.ci,
  "telephone1" text COLLATE data.ci,
  "telephone2" text COLLATE data.ci,
  "telephone3" text COLLATE data.ci,
  "tickersymbol" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "transactioncurrencyid" uuid,
  "utcconversiontimezonecode" integer,
  "websiteurl" text COLLATE data.ci,
  "yominame" text COLLATE data.ci,
  "address1_composite" text COLLATE data.ci,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "masterid" uuid,
  "merged" boolean,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("accountid"),
  CONSTRAINT "parley_accountnumber" UNIQUE ("accountnumber"),
  CONSTRAINT "account_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."activityparty" (
  "activityid" uuid,
  "activityid_table" text,
  "activitypartyid" uuid NOT NULL DEFAULT uuidv7(),
  "addressused" text COLLATE data.ci,
  "effort" double precision,
  "exchangeentryid" text COLLATE data.ci,
  "partyid" uuid,
  "partyid_table" text,
  "partyobjecttypecode" text COLLATE data.ci,
  "participationtypemask" integer,
  "addressusedemailcolumnnumber" integer,
  "donotemail" boolean,
  "donotfax" boolean,
  "donotphone" boolean,
  "donotpostalmail" boolean,
  "instancetypecode" integer,
  "ispartydeleted" boolean,
  "ownerid" uuid,
  "ownerid_table" text,
  "owningbusinessunit" uuid,
  "owninguser" uuid,
  "scheduledend" timestamptz(0),
  "scheduledstart" timestamptz(0),
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("activitypartyid")
);

CREATE TABLE data."annotation" (
  "annotationid" uuid NOT NULL DEFAULT uuidv7(),
  "documentbody" text COLLATE data.ci,
  "filename" text COLLATE data.ci,
  "importsequencenumber" integer,
  "isdocument" boolean DEFAULT false,
  "langid" text COLLATE data.ci,
  "mimetype" text COLLATE data.ci,
  "notetext" text COLLATE data.ci,
  "objectid" uuid,
  "objectid_table" text,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "stepid" text COLLATE data.ci,
  "subject" text COLLATE data.ci,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "dummyfilename" text COLLATE data.ci,
  "dummyregarding" text COLLATE data.ci,
  "filepointer" text COLLATE data.ci,
  "filesize" integer,
  "isprivate" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "prefix" text COLLATE data.ci,
  "storagepointer" text COLLATE data.ci,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("annotationid")
);

CREATE TABLE data."bookableresource" (
  "accountid" uuid,
  "bookableresourceid" uuid NOT NULL DEFAULT uuidv7(),
  "calendarid" uuid,
  "contactid" uuid,
  "importsequencenumber" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "resourcetype" integer,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezone" integer,
  "transactioncurrencyid" uuid,
  "userid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("bookableresourceid"),
  CONSTRAINT "bookableresource_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."bookableresourcecharacteristic" (
  "bookableresourcecharacteristicid" uuid NOT NULL DEFAULT uuidv7(),
  "characteristic" uuid,
  "importsequencenumber" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "ratingvalue" uuid,
  "resource" uuid,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("bookableresourcecharacteristicid"),
  CONSTRAINT "bookableresourcecharacteristic_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."businessunit" (
  "address1_city" text COLLATE data.ci,
  "address1_country" text COLLATE data.ci,
  "address1_line1" text COLLATE data.ci,
  "address1_postalcode" text COLLATE data.ci,
  "address1_stateorprovince" text COLLATE data.ci,
  "address1_telephone1" text COLLATE data.ci,
  "businessunitid" uuid NOT NULL DEFAULT uuidv7(),
  "calendarid" uuid,
  "costcenter" text COLLATE data.ci,
  "creditlimit" double precision,
  "description" text COLLATE data.ci,
  "divisionname" text COLLATE data.ci,
  "emailaddress" text COLLATE data.ci,
  "fileasname" text COLLATE data.ci,
  "ftpsiteurl" text COLLATE data.ci,
  "importsequencenumber" integer,
  "inheritancemask" integer,
  "isdisabled" boolean,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "parentbusinessunitid" uuid,
  "stockexchange" text COLLATE data.ci,
  "tickersymbol" text COLLATE data.ci,
  "transactioncurrencyid" uuid,
  "utcoffset" integer,
  "websiteurl" text COLLATE data.ci,
  "workflowsuspended" boolean,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "disabledreason" text COLLATE data.ci,
  "exchangerate" numeric,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("businessunitid")
);

CREATE TABLE data."calendar" (
  "businessunitid" uuid,
  "calendarid" uuid NOT NULL DEFAULT uuidv7(),
  "description" text COLLATE data.ci,
  "holidayschedulecalendarid" uuid,
  "isshared" boolean DEFAULT false,
  "name" text COLLATE data.ci,
  "primaryuserid" uuid,
  "type" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("calendarid")
);

CREATE TABLE data."calendarrule" (
  "calendarid" uuid,
  "calendarruleid" uuid NOT NULL DEFAULT uuidv7(),
  "description" text COLLATE data.ci,
  "duration" integer,
  "effectiveintervalend" date,
  "effectiveintervalstart" date,
  "endtime" timestamp(0),
  "extentcode" integer,
  "innercalendarid" uuid,
  "name" text COLLATE data.ci,
  "offset" integer,
  "pattern" text COLLATE data.ci,
  "rank" integer,
  "starttime" timestamp(0),
  "subcode" integer,
  "timecode" integer,
  "timezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("calendarruleid")
);

CREATE TABLE data."characteristic" (
  "characteristicid" uuid NOT NULL DEFAULT uuidv7(),
  "characteristictype" integer,
  "description" text COLLATE data.ci,
  "importsequencenumber" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("characteristicid"),
  CONSTRAINT "characteristic_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."contact" (
  "accountrolecode" integer,
  "address1_city" text COLLATE data.ci,
  "address1_country" text COLLATE data.ci,
  "address1_line1" text COLLATE data.ci,
  "address1_line2" text COLLATE data.ci,
  "address1_line3" text COLLATE data.ci,
  "address1_postalcode" text COLLATE data.ci,
  "address1_stateorprovince" text COLLATE data.ci,
  "address1_telephone1" text COLLATE data.ci,
  "anniversary" date,
  "assistantname" text COLLATE data.ci,
  "assistantphone" text COLLATE data.ci,
  "birthdate" date,
  "callback" text COLLATE data.ci,
  "contactid" uuid NOT NULL DEFAULT uuidv7(),
  "customersizecode" integer,
  "customertypecode" integer,
  "department" text COLLATE data.ci,
  "description" text COLLATE data.ci,
  "donotbulkemail" boolean DEFAULT false,
  "donotemail" boolean DEFAULT false,
  "donotfax" boolean DEFAULT false,
  "donotphone" boolean DEFAULT false,
  "donotpostalmail" boolean DEFAULT false,
  "donotsendmm" boolean DEFAULT false,
  "emailaddress1" text COLLATE data.ci,
  "emailaddress2" text COLLATE data.ci,
  "emailaddress3" text COLLATE data.ci,
  "employeeid" text COLLATE data.ci,
  "externaluseridentifier" text COLLATE data.ci,
  "familystatuscode" integer,
  "fax" text COLLATE data.ci,
  "firstname" text COLLATE data.ci,
  "followemail" boolean DEFAULT true,
  "gendercode" integer,
  "governmentid" text COLLATE data.ci,
  "importsequencenumber" integer,
  "jobtitle" text COLLATE data.ci,
  "lastname" text COLLATE data.ci,
  "managername" text COLLATE data.ci,
  "marketingonly" boolean,
  "middlename" text COLLATE data.ci,
  "mobilephone" text COLLATE data.ci,
  "nickname" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "pager" text COLLATE data.ci,
  "parentcustomerid" uuid,
  "parentcustomerid_table" text,
  "preferredcontactmethodcode" integer,
  "preferredsystemuserid" uuid,
  "salutation" text COLLATE data.ci,
  "slaid" uuid,
  "spousesname" text COLLATE data.ci,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "suffix" text COLLATE data.ci,
  "telephone1" text COLLATE data.ci,
  "telephone2" text COLLATE data.ci,
  "telephone3" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "transactioncurrencyid" uuid,
  "utcconversiontimezonecode" integer,
  "websiteurl" text COLLATE data.ci,
  "yomifirstname" text COLLATE data.ci,
  "yomilastname" text COLLATE data.ci,
  "yomimiddlename" text COLLATE data.ci,
  "accountid" uuid,
  "address1_composite" text COLLATE data.ci,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "fullname" text COLLATE data.ci GENERATED ALWAYS AS (btrim(coalesce(firstname, '') || ' ' || coalesce(lastname, ''))) STORED,
  "masterid" uuid,
  "merged" boolean,
  "parentcontactid" uuid,
  "yomifullname" text COLLATE data.ci GENERATED ALWAYS AS (btrim(coalesce(yomifirstname, '') || ' ' || coalesce(yomilastname, ''))) STORED,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("contactid"),
  CONSTRAINT "contact_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."incident" (
  "activitiescomplete" boolean,
  "caseorigincode" integer,
  "casetypecode" integer,
  "checkemail" boolean,
  "contractservicelevelcode" integer,
  "customercontacted" boolean,
  "customerid" uuid,
  "customerid_table" text,
  "customersatisfactioncode" integer,
  "description" text COLLATE data.ci,
  "emailaddress" text COLLATE data.ci,
  "escalatedon" timestamptz(0),
  "firstresponsesent" boolean,
  "followupby" timestamptz(0),
  "importsequencenumber" integer,
  "incidentid" uuid NOT NULL DEFAULT uuidv7(),
  "incidentstagecode" integer,
  "isdecrementing" boolean,
  "isescalated" boolean,
  "messagetypecode" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "parentcaseid" uuid,
  "primarycontactid" uuid,
  "prioritycode" integer,
  "productid" uuid,
  "productserialnumber" text COLLATE data.ci,
  "resolveby" timestamptz(0),
  "responseby" timestamptz(0),
  "responsiblecontactid" uuid,
  "routecase" boolean,
  "sentimentvalue" double precision,
  "servicestage" integer,
  "severitycode" integer,
  "slaid" uuid,
  "socialprofileid" uuid,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "subjectid" uuid,
  "ticketnumber" text COLLATE data.ci,
  "title" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "transactioncurrencyid" uuid,
  "utcconversiontimezonecode" integer,
  "accountid" uuid,
  "contactid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "lastonholdtime" timestamptz(0),
  "masterid" uuid,
  "merged" boolean,
  "numberofchildincidents" integer,
  "onholdtime" integer,
  "slainvokedid" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("incidentid"),
  CONSTRAINT "incident_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (2, 6), (1, 1000), (2, 2000)))
);

CREATE TABLE data."msdyn_agentstatus" (
  "importsequencenumber" integer,
  "msdyn_agentid" uuid,
  "msdyn_agentstatusid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_assignedconversationcount" integer,
  "msdyn_availableunitscapacity" integer,
  "msdyn_capacitymodifiedon" timestamptz(0),
  "msdyn_capacitymodifiedonwithmilliseconds" text COLLATE data.ci,
  "msdyn_currentpresenceid" uuid,
  "msdyn_eventname" integer,
  "msdyn_isagentloggedin" boolean DEFAULT false,
  "msdyn_isblockedbysomeprofile" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_presencemodifiedby" text COLLATE data.ci,
  "msdyn_presencemodifiedbyuserid" uuid,
  "msdyn_presencemodifiedon" timestamptz(0),
  "msdyn_presencemodifiedonwithmilliseconds" text COLLATE data.ci,
  "msdyn_subeventname" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_agentstatusid"),
  CONSTRAINT "msdyn_agentstatus_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_agentstatushistory" (
  "importsequencenumber" integer,
  "msdyn_agentid" uuid,
  "msdyn_agentstatushistoryid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_availablecapacity" integer,
  "msdyn_endtime" timestamptz(0),
  "msdyn_isagentloggedin" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_presenceid" uuid,
  "msdyn_starttime" timestamptz(0),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_agentstatushistoryid"),
  CONSTRAINT "msdyn_agentstatushistory_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_assignmentconfiguration" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_assignmentconfigurationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_description" text COLLATE data.ci,
  "msdyn_isactiveconfiguration" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_queueid" uuid,
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_assignmentconfigurationid"),
  CONSTRAINT "msdyn_assignmentconfiguration_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_assignmentconfigurationstep" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_assignmentconfigurationid" uuid,
  "msdyn_assignmentconfigurationstepid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_isdefaultruleset" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_rulesetid" uuid,
  "msdyn_steporder" integer,
  "msdyn_type" integer,
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_assignmentconfigurationstepid"),
  CONSTRAINT "msdyn_assignmentconfigurationstep_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_authenticationsettings" (
  "importsequencenumber" integer,
  "msdyn_authenticationclientid" text COLLATE data.ci,
  "msdyn_authenticationclientsecret" text COLLATE data.ci,
  "msdyn_authenticationscopes" text COLLATE data.ci,
  "msdyn_authenticationsettingsid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_authenticationtype" integer,
  "msdyn_authserviceconfigsetid" text COLLATE data.ci,
  "msdyn_authservicescopeid" text COLLATE data.ci,
  "msdyn_decryptedtokenurl" text COLLATE data.ci,
  "msdyn_endpointregion" integer,
  "msdyn_javascriptclientfunction" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocauthchanneltype" integer,
  "msdyn_publickeyurl" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_authenticationsettingsid"),
  CONSTRAINT "msdyn_authenticationsettings_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_bookableresourcecapacityprofile" (
  "importsequencenumber" integer,
  "msdyn_bookableresourcecapacityprofileid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_bookableresourceid" uuid,
  "msdyn_capacityprofileid" uuid,
  "msdyn_maxunits" integer,
  "msdyn_name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_bookableresourcecapacityprofileid"),
  CONSTRAINT "msdyn_bookableresourcecapacityprofile_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_cannedmessage" (
  "importsequencenumber" integer,
  "msdyn_cannedmessageid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_locale_field" integer DEFAULT 1033,
  "msdyn_message" text COLLATE data.ci,
  "msdyn_tagscontrolfield" text COLLATE data.ci,
  "msdyn_title" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_cannedmessageid"),
  CONSTRAINT "msdyn_cannedmessage_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_capacityprofile" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_blockassignment" boolean DEFAULT false,
  "msdyn_capacityprofileid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_defaultmaxunits" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_resetduration" integer DEFAULT 192350000,
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_capacityprofileid"),
  CONSTRAINT "msdyn_capacityprofile_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_channelinstance" (
  "importsequencenumber" integer,
  "msdyn_channeldefinitionid" uuid,
  "msdyn_channelinstanceaccountid" uuid,
  "msdyn_channelinstanceid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_consumingapplicationid" uuid,
  "msdyn_contactpoint" text COLLATE data.ci,
  "msdyn_description" text COLLATE data.ci,
  "msdyn_extendedentityid" uuid,
  "msdyn_extendedentityid_table" text,
  "msdyn_name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_channelinstanceid"),
  CONSTRAINT "msdyn_channelinstance_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_chatansweroption" (
  "importsequencenumber" integer,
  "msdyn_answeroptionsid" uuid,
  "msdyn_chatansweroptionid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_chatansweroptionid"),
  CONSTRAINT "msdyn_chatansweroption_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_chatquestionnaireresponse" (
  "importsequencenumber" integer,
  "msdyn_chatquestionnaireresponseid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_livechatconfigid" uuid,
  "msdyn_mode" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemid" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_chatquestionnaireresponseid"),
  CONSTRAINT "msdyn_chatquestionnaireresponse_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_chatquestionnaireresponseitem" (
  "importsequencenumber" integer,
  "msdyn_chatansweroptionid" uuid,
  "msdyn_chatanswertext" text COLLATE data.ci,
  "msdyn_chatquestionnaireresponseid" uuid,
  "msdyn_chatquestionnaireresponseitemid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_name" text COLLATE data.ci,
  "msdyn_surveyquestionid" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_chatquestionnaireresponseitemid"),
  CONSTRAINT "msdyn_chatquestionnaireresponseitem_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_conversationaction" (
  "importsequencenumber" integer,
  "msdyn_conversationactionid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_eventname" integer,
  "msdyn_eventparameter" text COLLATE data.ci,
  "msdyn_functionname" text COLLATE data.ci,
  "msdyn_icon" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_order" integer,
  "msdyn_webresource" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_conversationactionid"),
  CONSTRAINT "msdyn_conversationaction_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_conversationmessageblock" (
  "importsequencenumber" integer,
  "msdyn_agentid" uuid,
  "msdyn_agentmessagetime" timestamptz(0),
  "msdyn_agentresponsesessionid" uuid,
  "msdyn_agentresponsetimeadjforoh" numeric,
  "msdyn_agentresponsetimenotadjforoh" numeric,
  "msdyn_conversationmessageblockid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_customermessagesessionid" uuid,
  "msdyn_customermessagetimestamp" timestamptz(0),
  "msdyn_inboundmessagecountoutsideoh" integer,
  "msdyn_inboundmessagecountwithinoh" integer,
  "msdyn_isfirstresponsetime" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemid" uuid,
  "msdyn_outboundmessagecountoutsideoh" integer,
  "msdyn_outboundmessagecountwithinoh" integer,
  "msdyn_responsetimeadjforoh" numeric,
  "msdyn_responsetimenotadjforoh" numeric,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_conversationmessageblockid"),
  CONSTRAINT "msdyn_conversationmessageblock_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_decisioncontract" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_contractdefinition" text COLLATE data.ci,
  "msdyn_decisioncontractid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_name" text COLLATE data.ci,
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_decisioncontractid"),
  CONSTRAINT "msdyn_decisioncontract_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_decisionruleset" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_aibmodelid" uuid,
  "msdyn_authoringmode" integer DEFAULT 192350000,
  "msdyn_dataversecomponenttype" integer,
  "msdyn_decisionrulesetid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_description" text COLLATE data.ci,
  "msdyn_fetchxml" text COLLATE data.ci,
  "msdyn_inputcontractid" uuid,
  "msdyn_isinputcollection" boolean DEFAULT false,
  "msdyn_mlmodeltype" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_outputcontractid" uuid,
  "msdyn_persistoutputdata" boolean DEFAULT false,
  "msdyn_refreshinputdata" boolean DEFAULT false,
  "msdyn_rulesetdefinition" text COLLATE data.ci,
  "msdyn_rulesettype" integer,
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_decisionrulesetid"),
  CONSTRAINT "msdyn_decisionruleset_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_livechatconfig" (
  "importsequencenumber" integer,
  "msdyn_agentdisplayname" integer,
  "msdyn_authsettingsid" uuid,
  "msdyn_autodetectlanguage" boolean DEFAULT false,
  "msdyn_avatarurl" text COLLATE data.ci,
  "msdyn_averagewaittime_enabled" boolean DEFAULT false,
  "msdyn_callingoptions" integer,
  "msdyn_cobrowseprovider" text COLLATE data.ci,
  "msdyn_duringnonoperatinghours" text COLLATE data.ci,
  "msdyn_emailtemplate" text COLLATE data.ci,
  "msdyn_enablechatreconnect" boolean DEFAULT false,
  "msdyn_enablechattranscriptdownload" boolean DEFAULT false,
  "msdyn_enablechattranscriptemail" boolean DEFAULT false,
  "msdyn_enablecobrowse" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT true,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_enablescreensharing" boolean DEFAULT false,
  "msdyn_genericagentdisplayname" text COLLATE data.ci,
  "msdyn_infolabel" text COLLATE data.ci,
  "msdyn_language" integer,
  "msdyn_livechatconfigid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_liveworkstreamid" uuid,
  "msdyn_mailbox" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_oc_geolocationprovider" uuid,
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_offlinewidgetsubtitle" text COLLATE data.ci,
  "msdyn_offlinewidgetthemecolor" integer,
  "msdyn_offlinewidgettitle" text COLLATE data.ci,
  "msdyn_operatinghourid" uuid,
  "msdyn_portalurl" text COLLATE data.ci,
  "msdyn_positioninqueue_enabled" boolean DEFAULT false,
  "msdyn_postchatenabled" boolean DEFAULT false,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "msdyn_prechatenabled" boolean DEFAULT false,
  "msdyn_prechatquestionnaireauthenticated" uuid,
  "msdyn_prechatquestionnaireunauthenticated" uuid,
  "msdyn_proactivechatenabled" boolean DEFAULT false,
  "msdyn_redirectionurl" text COLLATE data.ci,
  "msdyn_requestvisitorlocation" boolean DEFAULT false,
  "msdyn_screensharingprovider" text COLLATE data.ci,
  "msdyn_showagentname" boolean DEFAULT false,
  "msdyn_showwidgetduringofflinehours" boolean DEFAULT false,
  "msdyn_timetoreconnectwithpreviousagent" integer,
  "msdyn_widgetappid" text COLLATE data.ci,
  "msdyn_widgetlocale" uuid,
  "msdyn_widgetposition" integer,
  "msdyn_widgetsnippet" text COLLATE data.ci,
  "msdyn_widgetsubtitle" text COLLATE data.ci,
  "msdyn_widgetthemecolor" integer,
  "msdyn_widgettitle" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_livechatconfigid"),
  CONSTRAINT "msdyn_livechatconfig_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_livechatwidgetlocation" (
  "importsequencenumber" integer,
  "msdyn_domainvalue" text COLLATE data.ci,
  "msdyn_livechatconfigid" uuid,
  "msdyn_livechatwidgetlocationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_locationurlwildcard" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ruletype" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_livechatwidgetlocationid"),
  CONSTRAINT "msdyn_livechatwidgetlocation_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_liveconversation" (
  "importsequencenumber" integer,
  "msdyn_activeagentassignedon" timestamptz(0),
  "msdyn_activeagentid" uuid,
  "msdyn_cdsqueueid" uuid,
  "msdyn_channel" integer[],
  "msdyn_closedon" timestamptz(0),
  "msdyn_createdon" timestamptz(0),
  "msdyn_customer" uuid,
  "msdyn_customer_table" text,
  "msdyn_customersentimentlabel" integer,
  "msdyn_escalationcount" integer,
  "msdyn_initiatedon" timestamptz(0),
  "msdyn_liveconversationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_liveworkstreamid" uuid,
  "msdyn_modifiedon" timestamptz(0),
  "msdyn_oclastsessionid" text COLLATE data.ci,
  "msdyn_queueid" uuid,
  "msdyn_startedon" timestamptz(0),
  "msdyn_statusupdatedon" timestamptz(0),
  "msdyn_subject" text COLLATE data.ci,
  "msdyn_title" text COLLATE data.ci,
  "msdyn_transfercount" integer,
  "msdyn_workstreamworkdistributionmode" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_liveconversationid"),
  CONSTRAINT "msdyn_liveconversation_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5)))
);

CREATE TABLE data."msdyn_liveworkstream" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_allowedpresences" integer[],
  "msdyn_alwaysassigntolastagent" boolean DEFAULT false,
  "msdyn_assignworkitemafterdecline" integer,
  "msdyn_autocloseafterinactivity" integer,
  "msdyn_blockcapacityforconsult" integer[],
  "msdyn_blockcapacityforwrapup" integer,
  "msdyn_blockcapacityforwrapupinseconds" integer,
  "msdyn_bot_queue" uuid,
  "msdyn_bot_rule" text COLLATE data.ci,
  "msdyn_bot_user" uuid,
  "msdyn_botfailureactionconfig" uuid,
  "msdyn_capacityformat" integer DEFAULT 192350000,
  "msdyn_capacityrequired" integer,
  "msdyn_customerdisconnectholddurationforopenconversation" integer,
  "msdyn_defaultqueue" uuid,
  "msdyn_direction" integer DEFAULT 0,
  "msdyn_durationtoqualifyforlastagent" integer,
  "msdyn_enableagentaffinity" boolean DEFAULT false,
  "msdyn_enableautomatedmessages" boolean DEFAULT true,
  "msdyn_enableselectingfrompushbasedworkstreams" boolean DEFAULT false,
  "msdyn_entityroutingconfigurationid" uuid,
  "msdyn_fallbacklanguage" text COLLATE data.ci,
  "msdyn_followupafterwaiting" integer,
  "msdyn_handlingtimethreshold" integer,
  "msdyn_intentfamilyid" uuid,
  "msdyn_intentfeatureenabled" boolean DEFAULT false,
  "msdyn_isconversationcounterenabled" boolean DEFAULT false,
  "msdyn_isdefault" boolean DEFAULT false,
  "msdyn_isicdenabled" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_masterentityroutingconfigurationid" uuid,
  "msdyn_matchinglogic" integer,
  "msdyn_maxconcurrentconnection" integer,
  "msdyn_mode" integer DEFAULT 717210000,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_notification" integer DEFAULT 100000001,
  "msdyn_notificationtemplate_agent_dial" text COLLATE data.ci,
  "msdyn_notificationtemplate_incoming_auth" text COLLATE data.ci,
  "msdyn_notificationtemplate_pre_dial" text COLLATE data.ci,
  "msdyn_outboundqueueid" uuid,
  "msdyn_recordidentificationrule" text COLLATE data.ci,
  "msdyn_recordidentificationvalidationrule" text COLLATE data.ci,
  "msdyn_requiredispositioncodeforworkstreamconversations" boolean DEFAULT false,
  "msdyn_restrictdownloadrecording" boolean DEFAULT false,
  "msdyn_restrictdownloadtranscript" boolean DEFAULT false,
  "msdyn_routingcontractid" uuid,
  "msdyn_screenpoptimeout" integer,
  "msdyn_screenpoptimeout_optionSet" integer DEFAULT 120,
  "msdyn_sessiontemplate_default" text COLLATE data.ci,
  "msdyn_streamsource" integer,
  "msdyn_useglobalsettingsforrequiringdispositioncode" boolean DEFAULT true,
  "msdyn_waitingtimethreshold" integer,
  "msdyn_workdistributionmode" integer DEFAULT 192350000,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "msdyn_conversationmode" integer DEFAULT 192350000,
  "parley_autoaccept" boolean DEFAULT false,
  "parley_mayreject" boolean DEFAULT true,
  "parley_relaxation" text COLLATE data.ci,
  "parley_timezonecode" integer,
  PRIMARY KEY ("msdyn_liveworkstreamid"),
  CONSTRAINT "msdyn_liveworkstream_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_liveworkstreamcapacityprofile" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_capacityprofile_id" uuid,
  "msdyn_liveworkstreamcapacityprofileid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_name" text COLLATE data.ci,
  "msdyn_workstream_id" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_liveworkstreamcapacityprofileid"),
  CONSTRAINT "msdyn_liveworkstreamcapacityprofile_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocbotchannelregistration" (
  "importsequencenumber" integer,
  "msdyn_bottype" integer DEFAULT 192350000,
  "msdyn_msappid" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocbotchannelregistrationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_tenantid" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocbotchannelregistrationid"),
  CONSTRAINT "msdyn_ocbotchannelregistration_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_occhannelconfiguration" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_closeconversationifoooh" boolean DEFAULT false,
  "msdyn_enabletransfertoooohqueue" boolean DEFAULT false,
  "msdyn_engagementcontext" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_occhannelconfigurationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_privacytermsaccepted" boolean DEFAULT false,
  "msdyn_privacytermsversion" text COLLATE data.ci,
  "msdyn_streamsource" integer,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "overwritetime" timestamptz(0),
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_occhannelconfigurationid"),
  CONSTRAINT "msdyn_occhannelconfiguration_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_occhannelstateconfiguration" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_autocloseliveworkitemafter" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_occhannelconfigurationid" uuid,
  "msdyn_occhannelstateconfigurationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocliveworkitemstate" integer,
  "msdyn_showconfirmationonsessionclose" boolean DEFAULT false,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "overwritetime" timestamptz(0),
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "parley_conversationmode" integer,
  PRIMARY KEY ("msdyn_occhannelstateconfigurationid"),
  CONSTRAINT "msdyn_occhannelstateconfiguration_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_occustommessagingchannel" (
  "importsequencenumber" integer,
  "msdyn_custombotchannelregistration" uuid,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_occustomchannelid" integer,
  "msdyn_occustommessagingchannelid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "parley_webhookurl" text COLLATE data.ci,
  "parley_webhooksecret" text COLLATE data.ci,
  "parley_webhookdisabledon" timestamptz(0),
  PRIMARY KEY ("msdyn_occustommessagingchannelid"),
  CONSTRAINT "msdyn_occustommessagingchannel_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocexternalcontext" (
  "importsequencenumber" integer,
  "msdyn_authenticationcorrelation" text COLLATE data.ci,
  "msdyn_isauthenticated" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocexternalcontextid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "msdyn_transcript" uuid,
  "msdyn_transcript_name" text COLLATE data.ci,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocexternalcontextid"),
  CONSTRAINT "msdyn_ocexternalcontext_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocfbapplication" (
  "importsequencenumber" integer,
  "msdyn_fbapplicationid" text COLLATE data.ci,
  "msdyn_fbapplicationsecret" text COLLATE data.ci,
  "msdyn_fbcallbackuri" text COLLATE data.ci,
  "msdyn_fbverifytoken" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocfbapplicationid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocfbapplicationid"),
  CONSTRAINT "msdyn_ocfbapplication_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocfbpage" (
  "importsequencenumber" integer,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_enablehumanagenttag" boolean DEFAULT false,
  "msdyn_fbpageaccesstoken" text COLLATE data.ci,
  "msdyn_fbpageid" text COLLATE data.ci,
  "msdyn_fbpagename" text COLLATE data.ci,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_ocfbapplicationid" uuid,
  "msdyn_ocfbpageid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocfbpageid"),
  CONSTRAINT "msdyn_ocfbpage_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_oclanguage" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_languagename" text COLLATE data.ci,
  "msdyn_localecode" text COLLATE data.ci,
  "msdyn_localeid" integer,
  "msdyn_oclanguageid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_oclanguageid"),
  CONSTRAINT "msdyn_oclanguage_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_oclinechannelconfig" (
  "importsequencenumber" integer,
  "msdyn_channelaccesstoken" text COLLATE data.ci,
  "msdyn_channelid" text COLLATE data.ci,
  "msdyn_channelsecret" text COLLATE data.ci,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_oclinechannelconfigid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "msdyn_webhookurl" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_oclinechannelconfigid"),
  CONSTRAINT "msdyn_oclinechannelconfig_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocliveworkitem" (
  "activityadditionalparams" text COLLATE data.ci,
  "activityid" uuid NOT NULL DEFAULT uuidv7(),
  "actualdurationminutes" integer,
  "actualend" timestamptz(0),
  "actualstart" timestamptz(0),
  "community" integer,
  "deliveryprioritycode" integer,
  "description" text COLLATE data.ci,
  "exchangeitemid" text COLLATE data.ci,
  "exchangeweblink" text COLLATE data.ci,
  "importsequencenumber" integer,
  "isbilled" boolean DEFAULT false,
  "ismapiprivate" boolean DEFAULT false,
  "isworkflowcreated" boolean DEFAULT false,
  "lastonholdtime" timestamptz(0),
  "leftvoicemail" boolean DEFAULT false,
  "msdyn_activeagentassignedon" timestamptz(0),
  "msdyn_activeagentid" uuid,
  "msdyn_activesessionparticipantid" uuid,
  "msdyn_averageresponsetimeinmsadjforoh" numeric,
  "msdyn_cdsqueueid" uuid,
  "msdyn_channel" integer[],
  "msdyn_channelinstanceid" uuid,
  "msdyn_channelproviderName" text COLLATE data.ci,
  "msdyn_closedon" timestamptz(0),
  "msdyn_conversationfirstwaittimeinseconds" integer,
  "msdyn_conversationhandletimeinseconds" integer,
  "msdyn_conversationholdtimeinseconds" integer,
  "msdyn_conversationsummaryfield" text COLLATE data.ci,
  "msdyn_conversationtalktimeinseconds" integer,
  "msdyn_conversationwrapuptimeinseconds" integer,
  "msdyn_copilotengaged" boolean DEFAULT false,
  "msdyn_createdon" timestamptz(0),
  "msdyn_customer" uuid,
  "msdyn_customer_table" text,
  "msdyn_customerlanguageid" uuid,
  "msdyn_customerlocale" text COLLATE data.ci,
  "msdyn_customersentimentlabel" integer,
  "msdyn_dailytopicid" uuid,
  "msdyn_effortpredictionresult" uuid,
  "msdyn_escalationcount" integer,
  "msdyn_externalcontext" uuid,
  "msdyn_firstresponsetimeinmsadjforoh" numeric,
  "msdyn_firstwaitstartedon" timestamptz(0),
  "msdyn_initiatedon" timestamptz(0),
  "msdyn_intent" text COLLATE data.ci,
  "msdyn_isabandoned" boolean DEFAULT false,
  "msdyn_isagentaccepted" boolean DEFAULT false,
  "msdyn_isagentsession" boolean DEFAULT true,
  "msdyn_isoutbound" boolean DEFAULT false,
  "msdyn_issueid" uuid,
  "msdyn_lastsessionid" uuid,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_liveworkstreamnotificationdata" text COLLATE data.ci,
  "msdyn_modifiedon" timestamptz(0),
  "msdyn_ocliveworkitemid" text COLLATE data.ci,
  "msdyn_overflowtransfercount" integer,
  "msdyn_queueid" uuid,
  "msdyn_queueitemid" uuid,
  "msdyn_routableobjectid" uuid,
  "msdyn_routableobjectlogicalname" text COLLATE data.ci,
  "msdyn_socialprofileid" uuid,
  "msdyn_startedon" timestamptz(0),
  "msdyn_statereason" text COLLATE data.ci,
  "msdyn_statuschangereason" integer,
  "msdyn_statusupdatedon" timestamptz(0),
  "msdyn_thirdpartyconversation" boolean DEFAULT false,
  "msdyn_timelinecontrolfield" text COLLATE data.ci,
  "msdyn_title" text COLLATE data.ci,
  "msdyn_transcriptcontrol" text COLLATE data.ci,
  "msdyn_transfercount" integer,
  "msdyn_urcustomersentimentkeywords" text COLLATE data.ci,
  "msdyn_urcustomersentimentlabel" integer,
  "msdyn_urcustomersentimentscore" integer,
  "msdyn_workstreamworkdistributionmode" integer,
  "msdyn_wrapupinitiatedon" timestamptz(0),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "prioritycode" integer,
  "processid" uuid,
  "regardingobjectid" uuid,
  "regardingobjectid_table" text,
  "regardingobjectidname" text COLLATE data.ci,
  "regardingobjectidyominame" text COLLATE data.ci,
  "scheduleddurationminutes" integer,
  "scheduledend" timestamptz(0),
  "scheduledstart" timestamptz(0),
  "serviceid" uuid,
  "slaid" uuid,
  "sortdate" timestamptz(0),
  "stageid" uuid,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "subject" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "transactioncurrencyid" uuid,
  "traversedpath" text COLLATE data.ci,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "deliverylastattemptedon" timestamptz(0),
  "exchangerate" numeric,
  "instancetypecode" integer,
  "isregularactivity" boolean DEFAULT true,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "onholdtime" integer,
  "owningbusinessunit" uuid,
  "postponeactivityprocessinguntil" timestamptz(0),
  "sendermailboxid" uuid,
  "senton" timestamptz(0),
  "seriesid" uuid,
  "slainvokedid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "descriptionblobid" uuid,
  "descriptionblobid_name" text COLLATE data.ci,
  "formattedscheduledend" timestamp(0),
  "formattedscheduledstart" timestamp(0),
  PRIMARY KEY ("activityid"),
  CONSTRAINT "msdyn_ocliveworkitem_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (0, 2), (0, 3), (1, 4), (0, 5), (2, 6), (3, 7)))
);

CREATE TABLE data."msdyn_ocliveworkitemcapacityprofile" (
  "importsequencenumber" integer,
  "msdyn_capacityprofileid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemcapacityprofileid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocliveworkitemid" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocliveworkitemcapacityprofileid"),
  CONSTRAINT "msdyn_ocliveworkitemcapacityprofile_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocliveworkitemcharacteristic" (
  "importsequencenumber" integer,
  "msdyn_characteristic" uuid,
  "msdyn_characteristicsource" integer,
  "msdyn_confidence" double precision,
  "msdyn_createdon" timestamptz(0),
  "msdyn_mlmodelid" uuid,
  "msdyn_modifiedon" timestamptz(0),
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemcharacteristicid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocliveworkitemid" uuid,
  "msdyn_ratingvalue" uuid,
  "msdyn_skilladdedby" uuid,
  "msdyn_status" integer DEFAULT 192350000,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocliveworkitemcharacteristicid"),
  CONSTRAINT "msdyn_ocliveworkitemcharacteristic_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocliveworkitemcontextitem" (
  "importsequencenumber" integer,
  "msdyn_datatype" integer,
  "msdyn_isdisplayable" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemcontextitemid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocliveworkitemid" uuid,
  "msdyn_ocliveworkstreamcontextvariableid" uuid,
  "msdyn_value" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocliveworkitemcontextitemid"),
  CONSTRAINT "msdyn_ocliveworkitemcontextitem_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocliveworkitemparticipant" (
  "importsequencenumber" integer,
  "msdyn_addedon" timestamptz(0),
  "msdyn_agentid" uuid,
  "msdyn_joinedon" timestamptz(0),
  "msdyn_leavingreason" integer,
  "msdyn_lefton" timestamptz(0),
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemparticipantid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_type" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocliveworkitemparticipantid"),
  CONSTRAINT "msdyn_ocliveworkitemparticipant_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocliveworkitemsentiment" (
  "importsequencenumber" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemid" uuid,
  "msdyn_ocliveworkitemsentimentid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_predictedlanguage" text COLLATE data.ci,
  "msdyn_sentimentmodelversion" text COLLATE data.ci,
  "msdyn_sentimentpulse" double precision,
  "msdyn_sentimenttransition" double precision,
  "msdyn_sentimentzone" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocliveworkitemsentimentid"),
  CONSTRAINT "msdyn_ocliveworkitemsentiment_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocliveworkstreamcontextvariable" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_datatype" integer,
  "msdyn_displayname" text COLLATE data.ci,
  "msdyn_entitylogicalname" text COLLATE data.ci,
  "msdyn_isdisplayable" boolean DEFAULT true,
  "msdyn_islist" boolean DEFAULT false,
  "msdyn_ismodifiable" boolean DEFAULT true,
  "msdyn_issystemdefined" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkstreamcontextvariableid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_relationshipname" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocliveworkstreamcontextvariableid"),
  CONSTRAINT "msdyn_ocliveworkstreamcontextvariable_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocphonenumber" (
  "importsequencenumber" integer,
  "msdyn_countryisocode" text COLLATE data.ci,
  "msdyn_formattedphonenumber" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_occommunicationprovidersettingid" uuid,
  "msdyn_ocphonenumberid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_phoneinboundenabled" boolean DEFAULT false,
  "msdyn_phonenumber" text COLLATE data.ci,
  "msdyn_phoneoutboundenabled" boolean DEFAULT false,
  "msdyn_smsinboundenabled" boolean DEFAULT false,
  "msdyn_smsoutboundenabled" boolean DEFAULT false,
  "msdyn_type" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocphonenumberid"),
  CONSTRAINT "msdyn_ocphonenumber_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocsession" (
  "activityadditionalparams" text COLLATE data.ci,
  "activityid" uuid NOT NULL DEFAULT uuidv7(),
  "actualdurationminutes" integer,
  "actualend" timestamptz(0),
  "actualstart" timestamptz(0),
  "community" integer,
  "deliveryprioritycode" integer,
  "description" text COLLATE data.ci,
  "exchangeitemid" text COLLATE data.ci,
  "exchangeweblink" text COLLATE data.ci,
  "importsequencenumber" integer,
  "isbilled" boolean DEFAULT false,
  "ismapiprivate" boolean DEFAULT false,
  "isworkflowcreated" boolean DEFAULT false,
  "lastonholdtime" timestamptz(0),
  "leftvoicemail" boolean DEFAULT false,
  "msdyn_activeagentgroupid" uuid,
  "msdyn_agentacceptedon" timestamptz(0),
  "msdyn_agentassignedon" timestamptz(0),
  "msdyn_botengagementmode" integer,
  "msdyn_cdsqueueid" uuid,
  "msdyn_channel" integer,
  "msdyn_channelinstanceid" uuid,
  "msdyn_channelprofileid" uuid,
  "msdyn_closurereason" integer,
  "msdyn_liveworkitemid" uuid,
  "msdyn_primarysession" uuid,
  "msdyn_queueassignedon" timestamptz(0),
  "msdyn_queueassignedreason" integer,
  "msdyn_queueid" uuid,
  "msdyn_routingfailurestage" integer DEFAULT 10,
  "msdyn_sessionactivewrapuptimeinseconds" integer,
  "msdyn_sessionclosedon" timestamptz(0),
  "msdyn_sessioncreatedon" timestamptz(0),
  "msdyn_sessioncreationreason" integer,
  "msdyn_sessionid" text COLLATE data.ci,
  "msdyn_sessionmodifiedon" timestamptz(0),
  "msdyn_state" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "prioritycode" integer,
  "processid" uuid,
  "regardingobjectid" uuid,
  "regardingobjectid_table" text,
  "regardingobjectidname" text COLLATE data.ci,
  "regardingobjectidyominame" text COLLATE data.ci,
  "scheduleddurationminutes" integer,
  "scheduledend" timestamptz(0),
  "scheduledstart" timestamptz(0),
  "serviceid" uuid,
  "slaid" uuid,
  "sortdate" timestamptz(0),
  "stageid" uuid,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "subject" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "transactioncurrencyid" uuid,
  "traversedpath" text COLLATE data.ci,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "deliverylastattemptedon" timestamptz(0),
  "exchangerate" numeric,
  "instancetypecode" integer,
  "isregularactivity" boolean DEFAULT true,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "msft_datastate" integer,
  "onholdtime" integer,
  "owningbusinessunit" uuid,
  "postponeactivityprocessinguntil" timestamptz(0),
  "sendermailboxid" uuid,
  "senton" timestamptz(0),
  "seriesid" uuid,
  "slainvokedid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "descriptionblobid" uuid,
  "descriptionblobid_name" text COLLATE data.ci,
  "formattedscheduledend" timestamp(0),
  "formattedscheduledstart" timestamp(0),
  PRIMARY KEY ("activityid"),
  CONSTRAINT "msdyn_ocsession_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2), (2, 3), (3, 4)))
);

CREATE TABLE data."msdyn_ocsessioncharacteristic" (
  "importsequencenumber" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocliveworkitemcharacteristic" uuid,
  "msdyn_ocsession" uuid,
  "msdyn_ocsessioncharacteristicid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocsessioncharacteristicid"),
  CONSTRAINT "msdyn_ocsessioncharacteristic_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocsessionparticipantevent" (
  "importsequencenumber" integer,
  "msdyn_eventduration" numeric,
  "msdyn_eventendtime" timestamptz(0),
  "msdyn_eventreason" integer,
  "msdyn_eventstarttime" timestamptz(0),
  "msdyn_eventtype" integer DEFAULT 192350000,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocsessionparticipanteventid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_sessionid" uuid,
  "msdyn_sessionparticipantid" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocsessionparticipanteventid"),
  CONSTRAINT "msdyn_ocsessionparticipantevent_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocsessionsentiment" (
  "importsequencenumber" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocsessionsentimentid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_omnichannelsession" uuid,
  "msdyn_predictedlanguage" text COLLATE data.ci,
  "msdyn_sentimentmodelversion" text COLLATE data.ci,
  "msdyn_sentimentpulse" double precision,
  "msdyn_sentimenttransition" double precision,
  "msdyn_sentimentzone" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocsessionsentimentid"),
  CONSTRAINT "msdyn_ocsessionsentiment_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocsmschannelsetting" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_enablefileattachmentforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentforcustomers" boolean DEFAULT false,
  "msdyn_enablerealtimelanguagetranslation" boolean DEFAULT false,
  "msdyn_inboundurl" text COLLATE data.ci,
  "msdyn_language" uuid,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocsmschannelsettingid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_operatinghourid" uuid,
  "msdyn_phonenumberid" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveybotsurvey" boolean DEFAULT false,
  "msdyn_postconversationsurveybotsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveybotsurveymode" integer,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "msdyn_postconversationsurveyseparatebotsurvey" uuid,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "overwritetime" timestamptz(0),
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocsmschannelsettingid"),
  CONSTRAINT "msdyn_ocsmschannelsetting_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocsystemmessage" (
  "importsequencenumber" integer,
  "msdyn_defaultlanguage" uuid,
  "msdyn_instanceid" text COLLATE data.ci,
  "msdyn_isrecurring" boolean DEFAULT false,
  "msdyn_messagedescription" text COLLATE data.ci,
  "msdyn_messageinterval" integer,
  "msdyn_messagereceiver" integer,
  "msdyn_messagetemplatetrigger" integer,
  "msdyn_messagetext" text COLLATE data.ci,
  "msdyn_messagetype" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocsystemmessageid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_repeatcount" integer,
  "msdyn_streamsource" integer,
  "msdyn_systemmessageeventtype" integer,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocsystemmessageid"),
  CONSTRAINT "msdyn_ocsystemmessage_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_octag" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_octagid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "overwritetime" timestamptz(0),
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_octagid"),
  CONSTRAINT "msdyn_octag_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_octeamschannelconfig" (
  "importsequencenumber" integer,
  "msdyn_botid" text COLLATE data.ci,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_octeamschannelconfigid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "msdyn_teamsappname" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_octeamschannelconfigid"),
  CONSTRAINT "msdyn_octeamschannelconfig_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_octwitterapplication" (
  "importsequencenumber" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_octwitterapplicationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_securetwitterconsumerkey" text COLLATE data.ci,
  "msdyn_securetwitterconsumersecret" text COLLATE data.ci,
  "msdyn_twitterapplicationsaved" text COLLATE data.ci,
  "msdyn_twittercallbackurl" text COLLATE data.ci,
  "msdyn_twitterconsumerkey" text COLLATE data.ci,
  "msdyn_twitterconsumersecret" text COLLATE data.ci,
  "msdyn_twitterenvironmentname" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_octwitterapplicationid"),
  CONSTRAINT "msdyn_octwitterapplication_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_octwitterhandle" (
  "importsequencenumber" integer,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_octwitterapplicationid" uuid,
  "msdyn_octwitterhandleid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_octwitterscreenname" text COLLATE data.ci,
  "msdyn_octwitteruniquehandleid" text COLLATE data.ci,
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveybotsurvey" boolean DEFAULT false,
  "msdyn_postconversationsurveybotsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveybotsurveymode" integer,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "msdyn_postconversationsurveyseparatebotsurvey" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_octwitterhandleid"),
  CONSTRAINT "msdyn_octwitterhandle_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocwechatchannelconfig" (
  "importsequencenumber" integer,
  "msdyn_applicationid" text COLLATE data.ci,
  "msdyn_applicationsecret" text COLLATE data.ci,
  "msdyn_callbackurl" text COLLATE data.ci,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_encodingaeskey" text COLLATE data.ci,
  "msdyn_ipaddresses" text COLLATE data.ci,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocwechatchannelconfigid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveybotsurvey" boolean DEFAULT false,
  "msdyn_postconversationsurveybotsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveybotsurveymode" integer,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "msdyn_postconversationsurveyseparatebotsurvey" uuid,
  "msdyn_secureapplicationsecret" text COLLATE data.ci,
  "msdyn_secureencodingaeskey" text COLLATE data.ci,
  "msdyn_securetoken" text COLLATE data.ci,
  "msdyn_serviceaccount" text COLLATE data.ci,
  "msdyn_token" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocwechatchannelconfigid"),
  CONSTRAINT "msdyn_ocwechatchannelconfig_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocwhatsappchannelaccount" (
  "importsequencenumber" integer,
  "msdyn_authenticationtoken" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocwhatsappchannelaccountid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_provideraccountid" text COLLATE data.ci,
  "msdyn_secureauthenticationtoken" text COLLATE data.ci,
  "msdyn_twilioinboundurl" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocwhatsappchannelaccountid"),
  CONSTRAINT "msdyn_ocwhatsappchannelaccount_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_ocwhatsappchannelnumber" (
  "importsequencenumber" integer,
  "msdyn_enablefileattachmentsforagents" boolean DEFAULT false,
  "msdyn_enablefileattachmentsforcustomers" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_ocwhatsappaccountid" uuid,
  "msdyn_ocwhatsappchannelnumberid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_ocwidgetlanguage" uuid,
  "msdyn_organizationphonenumber" text COLLATE data.ci,
  "msdyn_postconversationsurvey" uuid,
  "msdyn_postconversationsurveyenable" boolean DEFAULT false,
  "msdyn_postconversationsurveymessagetext" text COLLATE data.ci,
  "msdyn_postconversationsurveymode" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_ocwhatsappchannelnumberid"),
  CONSTRAINT "msdyn_ocwhatsappchannelnumber_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_omnichannelconfiguration" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_dnd_presence_lookup" uuid,
  "msdyn_enable_agent_reject_notifications" boolean DEFAULT false,
  "msdyn_enable_missed_notifications" boolean DEFAULT false,
  "msdyn_inactive_presence_lookup" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_number_of_declines_allowed" integer,
  "msdyn_omnichannelconfigurationid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "overwritetime" timestamptz(0),
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "parley_autoawayafter" integer,
  "parley_conversationretentiondays" integer,
  "parley_devicesilence" integer,
  "parley_explanationretentiondays" integer DEFAULT 30,
  PRIMARY KEY ("msdyn_omnichannelconfigurationid"),
  CONSTRAINT "msdyn_omnichannelconfiguration_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_omnichannelqueue" (
  "importsequencenumber" integer,
  "msdyn_isdefaultqueue" boolean DEFAULT false,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_omnichannelqueueid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_priority" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_omnichannelqueueid"),
  CONSTRAINT "msdyn_omnichannelqueue_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_operatinghour" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_calendarid" text COLLATE data.ci,
  "msdyn_description" text COLLATE data.ci,
  "msdyn_enablealldays" boolean DEFAULT false,
  "msdyn_endtimestring" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_oc_daysofweek" integer[],
  "msdyn_operatinghourid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_starttimestring" text COLLATE data.ci,
  "msdyn_timezone" integer,
  "msdyn_totalworkhours" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_operatinghourid"),
  CONSTRAINT "msdyn_operatinghour_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_overflowactionconfig" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_botfailureactiontype" integer,
  "msdyn_directcallbackaction" integer,
  "msdyn_directcallbackdedupsetting" boolean DEFAULT false,
  "msdyn_directcallbackqueuesetting" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_overflowactionconfigid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_overflowactiondata" text COLLATE data.ci,
  "msdyn_overflowactiontype" integer DEFAULT 192350000,
  "msdyn_stoptranscriptionandrecordingaftercalltransfer" boolean DEFAULT false,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_overflowactionconfigid"),
  CONSTRAINT "msdyn_overflowactionconfig_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_personalmessage" (
  "importsequencenumber" integer,
  "msdyn_locale_field" integer DEFAULT 1033,
  "msdyn_message" text COLLATE data.ci,
  "msdyn_personalmessageid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_tagscontrolfield" text COLLATE data.ci,
  "msdyn_title" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_personalmessageid"),
  CONSTRAINT "msdyn_personalmessage_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_presence" (
  "importsequencenumber" integer,
  "msdyn_basepresencestatus" integer,
  "msdyn_canuserset" boolean DEFAULT true,
  "msdyn_description" text COLLATE data.ci,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_presenceid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_presencestatustext" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_presenceid"),
  CONSTRAINT "msdyn_presence_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_questionsequence" (
  "importsequencenumber" integer,
  "msdyn_chatengagementtochatsequenceid" uuid,
  "msdyn_chatquestionnairetype" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_questionrequired" boolean DEFAULT true,
  "msdyn_questionsequenceid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_surveyquestion" uuid,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "sequencenumber" integer,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_questionsequenceid"),
  CONSTRAINT "msdyn_questionsequence_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_routingconfiguration" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_isactiveconfiguration" boolean DEFAULT false,
  "msdyn_liveworkstreamid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_routingconfigurationid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_routingconfigurationid"),
  CONSTRAINT "msdyn_routingconfiguration_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_routingconfigurationstep" (
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_routingconfigurationid" uuid,
  "msdyn_routingconfigurationstepid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_rulesetid" uuid,
  "msdyn_steporder" integer,
  "msdyn_type" integer,
  "msdyn_uniquename" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "componentidunique" uuid,
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "overwritetime" timestamptz(0),
  "owningbusinessunit" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_routingconfigurationstepid"),
  CONSTRAINT "msdyn_routingconfigurationstep_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_sessionevent" (
  "importsequencenumber" integer,
  "msdyn_eventinfo" integer,
  "msdyn_eventreason" integer,
  "msdyn_eventtime" timestamptz(0),
  "msdyn_eventtype" integer,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_omnichannelsession" uuid,
  "msdyn_sessioneventid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_sessioneventid"),
  CONSTRAINT "msdyn_sessionevent_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_sessionparticipant" (
  "importsequencenumber" integer,
  "msdyn_activechattime" integer,
  "msdyn_activedirectoryuserid" text COLLATE data.ci,
  "msdyn_activetime" integer,
  "msdyn_activewrapuptime" integer,
  "msdyn_addedon" timestamptz(0),
  "msdyn_agentid" uuid,
  "msdyn_assignreason" text COLLATE data.ci,
  "msdyn_cdsqueueid" uuid,
  "msdyn_consultmode" integer,
  "msdyn_conversationaccess" integer,
  "msdyn_externalparticipantchannel" text COLLATE data.ci,
  "msdyn_externalparticipantchanneltype" integer,
  "msdyn_holdtime" integer,
  "msdyn_idletime" integer,
  "msdyn_inactivetime" integer,
  "msdyn_joinedon" timestamptz(0),
  "msdyn_lastupdatedon" timestamptz(0),
  "msdyn_lefton" timestamptz(0),
  "msdyn_leftonreason" text COLLATE data.ci,
  "msdyn_mode" integer,
  "msdyn_modifiedon" timestamptz(0),
  "msdyn_name" text COLLATE data.ci,
  "msdyn_omnichannelsession" uuid,
  "msdyn_sessionparticipantid" uuid NOT NULL DEFAULT uuidv7(),
  "msdyn_startactivetime" timestamptz(0),
  "msdyn_startactivewrapuptime" timestamptz(0),
  "msdyn_startholdtime" timestamptz(0),
  "msdyn_startidletime" timestamptz(0),
  "msdyn_startinactivetime" timestamptz(0),
  "msdyn_starttalktime" timestamptz(0),
  "msdyn_talktime" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_sessionparticipantid"),
  CONSTRAINT "msdyn_sessionparticipant_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_surveyquestion" (
  "importsequencenumber" integer,
  "msdyn_answertype" integer,
  "msdyn_liveworkstreamtochatquestion" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_placeholdertext" text COLLATE data.ci,
  "msdyn_questiontext" text COLLATE data.ci,
  "msdyn_ratingscale" integer,
  "msdyn_surveyquestionid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_surveyquestionid"),
  CONSTRAINT "msdyn_surveyquestion_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."msdyn_transcript" (
  "importsequencenumber" integer,
  "msdyn_liveworkitemidid" uuid,
  "msdyn_name" text COLLATE data.ci,
  "msdyn_transcriptid" uuid NOT NULL DEFAULT uuidv7(),
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("msdyn_transcriptid"),
  CONSTRAINT "msdyn_transcript_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."organization" (
  "basecurrencyid" uuid,
  "dateformatstring" text COLLATE data.ci,
  "fullnameconventioncode" integer,
  "languagecode" integer,
  "localeid" integer,
  "maxuploadfilesize" integer,
  "name" text COLLATE data.ci,
  "numberformat" text COLLATE data.ci,
  "pricingdecimalprecision" integer,
  "timeformatstring" text COLLATE data.ci,
  "weekstartdaycode" integer,
  "basecurrencyprecision" integer,
  "basecurrencysymbol" text COLLATE data.ci,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "disabledreason" text COLLATE data.ci,
  "isdisabled" boolean,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "organizationid" uuid NOT NULL DEFAULT uuidv7(),
  "schemanameprefix" text COLLATE data.ci,
  "systemuserid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "fiscalcalendarstart" date,
  "fiscalperiodtype" integer DEFAULT 2002,
  PRIMARY KEY ("organizationid")
);

CREATE TABLE data."parley_routingdecision" (
  "parley_agentid" uuid,
  "parley_conversationid" uuid,
  "parley_decidedon" timestamptz(0),
  "parley_explanation" text COLLATE data.ci,
  "parley_kind" integer,
  "parley_name" text COLLATE data.ci,
  "parley_queueid" uuid,
  "parley_routingdecisionid" uuid NOT NULL DEFAULT uuidv7(),
  "parley_summary" text COLLATE data.ci,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("parley_routingdecisionid")
);

CREATE TABLE data."principalobjectaccess" (
  "accessrightsmask" integer,
  "changedon" timestamptz(0),
  "inheritedaccessrightsmask" integer,
  "objecttypecode" text COLLATE data.ci,
  "principalobjectaccessid" uuid NOT NULL DEFAULT uuidv7(),
  "principaltypecode" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "objectid" uuid,
  "principalid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("principalobjectaccessid"),
  UNIQUE (objectid, principalid, objecttypecode)
);

CREATE TABLE data."privilege" (
  "accessright" integer,
  "canbebasic" boolean DEFAULT false,
  "canbedeep" boolean DEFAULT false,
  "canbeentityreference" boolean DEFAULT false,
  "canbeglobal" boolean DEFAULT false,
  "canbelocal" boolean DEFAULT false,
  "canbeparententityreference" boolean DEFAULT false,
  "introducedversion" text COLLATE data.ci,
  "name" text COLLATE data.ci,
  "privilegeid" uuid NOT NULL DEFAULT uuidv7(),
  "privilegerowid" uuid,
  "componentstate" integer,
  "isdisabledwhenintegrated" boolean DEFAULT false,
  "ismanaged" boolean DEFAULT false,
  "overwritetime" timestamptz(0),
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("privilegeid"),
  UNIQUE (name)
);

CREATE TABLE data."queue" (
  "defaultmailbox" uuid,
  "description" text COLLATE data.ci,
  "emailaddress" text COLLATE data.ci,
  "emailrouteraccessapproval" integer,
  "importsequencenumber" integer,
  "incomingemaildeliverymethod" integer,
  "incomingemailfilteringmethod" integer,
  "emailsignature" uuid,
  "msdyn_assignmentinputcontractid" uuid,
  "msdyn_assignmentstrategy" integer,
  "msdyn_channelprofileid" uuid,
  "msdyn_inqueueoverflowrulesetid" uuid,
  "msdyn_intentfamilyid" uuid,
  "msdyn_isdefaultqueue" boolean DEFAULT false,
  "msdyn_isomnichannelqueue" boolean DEFAULT false,
  "msdyn_maxqueuesize" integer,
  "msdyn_operatinghourid" uuid,
  "msdyn_operatinghoursbasedassignment" boolean DEFAULT false,
  "msdyn_prequeueoverflowrulesetid" uuid,
  "msdyn_priority" integer,
  "msdyn_processqueueperiodically" boolean DEFAULT false,
  "msdyn_queueservicelevelthreshold" integer,
  "msdyn_queuetype" integer DEFAULT 192350000,
  "msdyn_shortabandonedthreshold" integer,
  "msdyn_uniquename" text COLLATE data.ci,
  "name" text COLLATE data.ci,
  "outgoingemaildeliverymethod" integer,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "queueid" uuid NOT NULL DEFAULT uuidv7(),
  "queueviewtype" integer,
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid,
  "businessunitid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "numberofitems" integer,
  "numberofmembers" integer,
  "organizationid" uuid,
  "primaryuserid" uuid,
  "queuetypecode" integer,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("queueid"),
  CONSTRAINT "queue_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."queueitem" (
  "importsequencenumber" integer,
  "objectid" uuid,
  "objectid_table" text,
  "overriddencreatedon" timestamptz(0),
  "priority" integer,
  "queueid" uuid,
  "queueitemid" uuid NOT NULL DEFAULT uuidv7(),
  "sender" text COLLATE data.ci,
  "state" integer,
  "statecode" integer NOT NULL DEFAULT 0,
  "status" integer,
  "statuscode" integer NOT NULL DEFAULT 1,
  "timezoneruleversionnumber" integer,
  "torecipients" text COLLATE data.ci,
  "transactioncurrencyid" uuid,
  "utcconversiontimezonecode" integer,
  "workerid" uuid,
  "workerid_table" text,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "enteredon" timestamptz(0),
  "exchangerate" numeric,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "objecttypecode" integer,
  "organizationid" uuid,
  "ownerid" uuid,
  "ownerid_table" text,
  "owningbusinessunit" uuid,
  "owninguser" uuid,
  "title" text COLLATE data.ci,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "workeridmodifiedon" timestamptz(0),
  PRIMARY KEY ("queueitemid"),
  CONSTRAINT "queueitem_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."queuemembership" (
  "queuemembershipid" uuid NOT NULL DEFAULT uuidv7(),
  "queueid" uuid,
  "systemuserid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("queuemembershipid"),
  UNIQUE ("queueid", "systemuserid")
);

CREATE TABLE data."ratingmodel" (
  "importsequencenumber" integer,
  "maxratingvalue" integer,
  "minratingvalue" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "ratingmodelid" uuid NOT NULL DEFAULT uuidv7(),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("ratingmodelid"),
  CONSTRAINT "ratingmodel_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."ratingvalue" (
  "importsequencenumber" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "ratingmodel" uuid,
  "ratingvalueid" uuid NOT NULL DEFAULT uuidv7(),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid,
  "value" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("ratingvalueid"),
  CONSTRAINT "ratingvalue_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."role" (
  "businessunitid" uuid,
  "canbedeleted" boolean DEFAULT true,
  "importsequencenumber" integer,
  "iscustomizable" boolean DEFAULT true,
  "isinherited" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "roleid" uuid NOT NULL DEFAULT uuidv7(),
  "componentstate" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "ismanaged" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "organizationidname" text COLLATE data.ci,
  "overwritetime" timestamptz(0),
  "parentroleid" uuid,
  "parentrootroleid" uuid,
  "roleidunique" uuid,
  "roletemplateid" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("roleid")
);

CREATE TABLE data."roleprivileges" (
  "canbedeleted" boolean DEFAULT true,
  "privilegedepthmask" integer,
  "recordfilterid" uuid,
  "roleprivilegeid" uuid NOT NULL DEFAULT uuidv7(),
  "componentstate" integer,
  "ismanaged" boolean DEFAULT false,
  "overwritetime" timestamptz(0),
  "privilegeid" uuid,
  "roleid" uuid,
  "roleprivilegeidunique" uuid,
  "solutionid" uuid,
  "supportingsolutionid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("roleprivilegeid"),
  UNIQUE ("roleid", "privilegeid")
);

CREATE TABLE data."socialprofile" (
  "blocked" boolean,
  "community" integer,
  "customerid" uuid,
  "customerid_table" text,
  "importsequencenumber" integer,
  "influencescore" double precision,
  "overriddencreatedon" timestamptz(0),
  "ownerid" uuid,
  "ownerid_table" text,
  "profilefullname" text COLLATE data.ci,
  "profilelink" text COLLATE data.ci,
  "profilename" text COLLATE data.ci,
  "socialprofileid" uuid NOT NULL DEFAULT uuidv7(),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid,
  "uniqueprofileid" text COLLATE data.ci,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "exchangerate" numeric,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("socialprofileid"),
  CONSTRAINT "socialprofile_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."systemuser" (
  "accessmode" integer,
  "address1_city" text COLLATE data.ci,
  "address1_country" text COLLATE data.ci,
  "address1_line1" text COLLATE data.ci,
  "address1_postalcode" text COLLATE data.ci,
  "address1_stateorprovince" text COLLATE data.ci,
  "address1_telephone1" text COLLATE data.ci,
  "applicationid" uuid,
  "businessunitid" uuid,
  "calendarid" uuid,
  "caltype" integer,
  "domainname" text COLLATE data.ci,
  "employeeid" text COLLATE data.ci,
  "firstname" text COLLATE data.ci,
  "governmentid" text COLLATE data.ci,
  "homephone" text COLLATE data.ci,
  "importsequencenumber" integer,
  "incomingemaildeliverymethod" integer,
  "internalemailaddress" text COLLATE data.ci,
  "invitestatuscode" integer,
  "isdisabled" boolean,
  "isintegrationuser" boolean,
  "islicensed" boolean,
  "issyncwithdirectory" boolean,
  "jobtitle" text COLLATE data.ci,
  "lastname" text COLLATE data.ci,
  "middlename" text COLLATE data.ci,
  "mobilephone" text COLLATE data.ci,
  "nickname" text COLLATE data.ci,
  "outgoingemaildeliverymethod" integer,
  "overriddencreatedon" timestamptz(0),
  "parentsystemuserid" uuid,
  "personalemailaddress" text COLLATE data.ci,
  "photourl" text COLLATE data.ci,
  "positionid" uuid,
  "preferredaddresscode" integer,
  "preferredemailcode" integer,
  "preferredphonecode" integer,
  "queueid" uuid,
  "salutation" text COLLATE data.ci,
  "setupuser" boolean,
  "skills" text COLLATE data.ci,
  "systemuserid" uuid NOT NULL DEFAULT uuidv7(),
  "timezoneruleversionnumber" integer,
  "title" text COLLATE data.ci,
  "transactioncurrencyid" uuid,
  "userlicensetype" integer,
  "utcconversiontimezonecode" integer,
  "windowsliveid" text COLLATE data.ci,
  "yomifirstname" text COLLATE data.ci,
  "yomilastname" text COLLATE data.ci,
  "yomimiddlename" text COLLATE data.ci,
  "applicationiduri" text COLLATE data.ci,
  "azureactivedirectoryobjectid" uuid,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "defaultmailbox" uuid,
  "deletedstate" integer DEFAULT 0,
  "disabledreason" text COLLATE data.ci,
  "exchangerate" numeric,
  "fullname" text COLLATE data.ci GENERATED ALWAYS AS (btrim(coalesce(firstname, '') || ' ' || coalesce(lastname, ''))) STORED,
  "identityid" integer,
  "organizationid" uuid,
  "organizationidname" text COLLATE data.ci,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "yomifullname" text COLLATE data.ci GENERATED ALWAYS AS (btrim(coalesce(yomifirstname, '') || ' ' || coalesce(yomilastname, ''))) STORED,
  "msdyn_capacity" integer DEFAULT 100,
  "msdyn_defaultpresenceiduser" uuid,
  PRIMARY KEY ("systemuserid"),
  CONSTRAINT "aadobjectid" UNIQUE ("azureactivedirectoryobjectid")
);

CREATE TABLE data."systemuserroles" (
  "systemuserroleid" uuid NOT NULL DEFAULT uuidv7(),
  "roleid" uuid,
  "systemuserid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("systemuserroleid"),
  UNIQUE ("systemuserid", "roleid")
);

CREATE TABLE data."task" (
  "activityid" uuid NOT NULL DEFAULT uuidv7(),
  "actualdurationminutes" integer,
  "actualend" timestamptz(0),
  "actualstart" timestamptz(0),
  "description" text COLLATE data.ci,
  "isbilled" boolean DEFAULT false,
  "isworkflowcreated" boolean DEFAULT false,
  "ownerid" uuid,
  "ownerid_table" text,
  "prioritycode" integer,
  "regardingobjectid" uuid,
  "regardingobjectid_table" text,
  "regardingobjectidname" text COLLATE data.ci,
  "regardingobjectidyominame" text COLLATE data.ci,
  "scheduleddurationminutes" integer,
  "scheduledend" timestamptz(0),
  "scheduledstart" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 2,
  "subject" text COLLATE data.ci,
  "timezoneruleversionnumber" integer,
  "utcconversiontimezonecode" integer,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "isregularactivity" boolean DEFAULT true,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "owningbusinessunit" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  "category" text COLLATE data.ci,
  "subcategory" text COLLATE data.ci,
  "percentcomplete" integer,
  "activityadditionalparams" text COLLATE data.ci,
  "community" integer,
  "deliveryprioritycode" integer,
  "exchangeitemid" text COLLATE data.ci,
  "exchangeweblink" text COLLATE data.ci,
  "ismapiprivate" boolean DEFAULT false,
  "lastonholdtime" timestamptz(0),
  "leftvoicemail" boolean DEFAULT false,
  "processid" uuid,
  "slaid" uuid,
  "sortdate" timestamptz(0),
  "stageid" uuid,
  "transactioncurrencyid" uuid,
  "traversedpath" text COLLATE data.ci,
  "deliverylastattemptedon" timestamptz(0),
  "descriptionblobid" uuid,
  "descriptionblobid_name" text COLLATE data.ci,
  "exchangerate" numeric,
  "formattedscheduledend" timestamp(0),
  "formattedscheduledstart" timestamp(0),
  "instancetypecode" integer,
  "onholdtime" integer,
  "postponeactivityprocessinguntil" timestamptz(0),
  "sendermailboxid" uuid,
  "senton" timestamptz(0),
  "seriesid" uuid,
  "slainvokedid" uuid,
  PRIMARY KEY ("activityid"),
  CONSTRAINT "task_state_status" CHECK (("statecode", "statuscode") IN ((0, 2), (0, 3), (0, 4), (1, 5), (2, 6), (0, 7)))
);

CREATE TABLE data."team" (
  "administratorid" uuid,
  "azureactivedirectoryobjectid" uuid,
  "businessunitid" uuid,
  "description" text COLLATE data.ci,
  "emailaddress" text COLLATE data.ci,
  "importsequencenumber" integer,
  "membershiptype" integer,
  "name" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "processid" uuid,
  "queueid" uuid,
  "regardingobjectid" uuid,
  "stageid" uuid,
  "teamid" uuid NOT NULL DEFAULT uuidv7(),
  "teamtemplateid" uuid,
  "teamtype" integer,
  "transactioncurrencyid" uuid,
  "traversedpath" text COLLATE data.ci,
  "yominame" text COLLATE data.ci,
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "exchangerate" numeric,
  "isdefault" boolean DEFAULT false,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "organizationidname" text COLLATE data.ci,
  "systemmanaged" boolean DEFAULT false,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("teamid")
);

CREATE TABLE data."teammembership" (
  "teammembershipid" uuid NOT NULL DEFAULT uuidv7(),
  "systemuserid" uuid,
  "teamid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("teammembershipid"),
  UNIQUE ("teamid", "systemuserid")
);

CREATE TABLE data."teamroles" (
  "teamroleid" uuid NOT NULL DEFAULT uuidv7(),
  "teamid" uuid,
  "roleid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("teamroleid"),
  UNIQUE ("teamid", "roleid")
);

CREATE TABLE data."transactioncurrency" (
  "currencyname" text COLLATE data.ci,
  "currencyprecision" integer,
  "currencysymbol" text COLLATE data.ci,
  "exchangerate" numeric,
  "importsequencenumber" integer,
  "isocurrencycode" text COLLATE data.ci,
  "overriddencreatedon" timestamptz(0),
  "statecode" integer NOT NULL DEFAULT 0,
  "statuscode" integer NOT NULL DEFAULT 1,
  "transactioncurrencyid" uuid NOT NULL DEFAULT uuidv7(),
  "createdby" uuid,
  "createdon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "createdonbehalfby" uuid,
  "modifiedby" uuid,
  "modifiedon" timestamptz(0) NOT NULL DEFAULT date_trunc('second', now()),
  "modifiedonbehalfby" uuid,
  "organizationid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("transactioncurrencyid"),
  CONSTRAINT "transactioncurrency_state_status" CHECK (("statecode", "statuscode") IN ((0, 1), (1, 2)))
);

CREATE TABLE data."usersettings" (
  "systemuserid" uuid NOT NULL DEFAULT uuidv7(),
  "timezonecode" integer DEFAULT 92,
  "uilanguageid" integer DEFAULT 1033,
  "localeid" integer DEFAULT 1033,
  "paginglimit" integer DEFAULT 50,
  "businessunitid" uuid,
  "versionnumber" bigint NOT NULL DEFAULT nextval('parley.row_version'),
  PRIMARY KEY ("systemuserid")
);

ALTER TABLE data."account" ADD CONSTRAINT "fk_account_primarycontactid" FOREIGN KEY ("primarycontactid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."account" ADD CONSTRAINT "fk_account_parentaccountid" FOREIGN KEY ("parentaccountid") REFERENCES data."account" ON DELETE SET NULL;

ALTER TABLE data."account" ADD CONSTRAINT "fk_account_masterid" FOREIGN KEY ("masterid") REFERENCES data."account" ON DELETE SET NULL;

ALTER TABLE data."account" ADD CONSTRAINT "fk_account_preferredsystemuserid" FOREIGN KEY ("preferredsystemuserid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."account" ADD CONSTRAINT "fk_account_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."bookableresource" ADD CONSTRAINT "fk_bookableresource_userid" FOREIGN KEY ("userid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."bookableresource" ADD CONSTRAINT "fk_bookableresource_accountid" FOREIGN KEY ("accountid") REFERENCES data."account" ON DELETE SET NULL;

ALTER TABLE data."bookableresource" ADD CONSTRAINT "fk_bookableresource_contactid" FOREIGN KEY ("contactid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."bookableresource" ADD CONSTRAINT "fk_bookableresource_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."bookableresource" ADD CONSTRAINT "fk_bookableresource_calendarid" FOREIGN KEY ("calendarid") REFERENCES data."calendar" ON DELETE SET NULL;

ALTER TABLE data."bookableresourcecharacteristic" ADD CONSTRAINT "fk_bookableresourcecharacteristic_characteristic" FOREIGN KEY ("characteristic") REFERENCES data."characteristic" ON DELETE SET NULL;

ALTER TABLE data."bookableresourcecharacteristic" ADD CONSTRAINT "fk_bookableresourcecharacteristic_resource" FOREIGN KEY ("resource") REFERENCES data."bookableresource" ON DELETE SET NULL;

ALTER TABLE data."bookableresourcecharacteristic" ADD CONSTRAINT "fk_bookableresourcecharacteristic_ratingvalue" FOREIGN KEY ("ratingvalue") REFERENCES data."ratingvalue" ON DELETE SET NULL;

ALTER TABLE data."bookableresourcecharacteristic" ADD CONSTRAINT "fk_bookableresourcecharacteristic_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."businessunit" ADD CONSTRAINT "fk_businessunit_calendarid" FOREIGN KEY ("calendarid") REFERENCES data."calendar" ON DELETE SET NULL;

ALTER TABLE data."businessunit" ADD CONSTRAINT "fk_businessunit_parentbusinessunitid" FOREIGN KEY ("parentbusinessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

ALTER TABLE data."businessunit" ADD CONSTRAINT "fk_businessunit_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."businessunit" ADD CONSTRAINT "fk_businessunit_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."calendar" ADD CONSTRAINT "fk_calendar_holidayschedulecalendarid" FOREIGN KEY ("holidayschedulecalendarid") REFERENCES data."calendar" ON DELETE SET NULL;

ALTER TABLE data."calendar" ADD CONSTRAINT "fk_calendar_businessunitid" FOREIGN KEY ("businessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

ALTER TABLE data."calendar" ADD CONSTRAINT "fk_calendar_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."calendarrule" ADD CONSTRAINT "fk_calendarrule_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."calendarrule" ADD CONSTRAINT "fk_calendarrule_calendarid" FOREIGN KEY ("calendarid") REFERENCES data."calendar" ON DELETE CASCADE;

ALTER TABLE data."calendarrule" ADD CONSTRAINT "fk_calendarrule_innercalendarid" FOREIGN KEY ("innercalendarid") REFERENCES data."calendar" ON DELETE SET NULL;

ALTER TABLE data."characteristic" ADD CONSTRAINT "fk_characteristic_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."contact" ADD CONSTRAINT "fk_contact_masterid" FOREIGN KEY ("masterid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."contact" ADD CONSTRAINT "fk_contact_preferredsystemuserid" FOREIGN KEY ("preferredsystemuserid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."contact" ADD CONSTRAINT "fk_contact_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."contact" ADD CONSTRAINT "fk_contact_accountid" FOREIGN KEY ("accountid") REFERENCES data."account" ON DELETE SET NULL;

ALTER TABLE data."contact" ADD CONSTRAINT "fk_contact_parentcontactid" FOREIGN KEY ("parentcontactid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_parentcaseid" FOREIGN KEY ("parentcaseid") REFERENCES data."incident" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_masterid" FOREIGN KEY ("masterid") REFERENCES data."incident" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_primarycontactid" FOREIGN KEY ("primarycontactid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_responsiblecontactid" FOREIGN KEY ("responsiblecontactid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_socialprofileid" FOREIGN KEY ("socialprofileid") REFERENCES data."socialprofile" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_accountid" FOREIGN KEY ("accountid") REFERENCES data."account" ON DELETE SET NULL;

ALTER TABLE data."incident" ADD CONSTRAINT "fk_incident_contactid" FOREIGN KEY ("contactid") REFERENCES data."contact" ON DELETE SET NULL;

ALTER TABLE data."msdyn_agentstatus" ADD CONSTRAINT "fk_msdyn_agentstatus_msdyn_currentpresenceid" FOREIGN KEY ("msdyn_currentpresenceid") REFERENCES data."msdyn_presence" ON DELETE SET NULL;

ALTER TABLE data."msdyn_agentstatus" ADD CONSTRAINT "fk_msdyn_agentstatus_msdyn_agentid" FOREIGN KEY ("msdyn_agentid") REFERENCES data."systemuser" ON DELETE CASCADE;

ALTER TABLE data."msdyn_agentstatus" ADD CONSTRAINT "fk_msdyn_agentstatus_msdyn_presencemodifiedbyuserid" FOREIGN KEY ("msdyn_presencemodifiedbyuserid") REFERENCES data."systemuser" ON DELETE CASCADE;

ALTER TABLE data."msdyn_agentstatushistory" ADD CONSTRAINT "fk_msdyn_agentstatushistory_msdyn_agentid" FOREIGN KEY ("msdyn_agentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_agentstatushistory" ADD CONSTRAINT "fk_msdyn_agentstatushistory_msdyn_presenceid" FOREIGN KEY ("msdyn_presenceid") REFERENCES data."msdyn_presence" ON DELETE SET NULL;

ALTER TABLE data."msdyn_assignmentconfiguration" ADD CONSTRAINT "fk_msdyn_assignmentconfiguration_msdyn_queueid" FOREIGN KEY ("msdyn_queueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_assignmentconfigurationstep" ADD CONSTRAINT "fk_msdyn_assignmentconfigurationstep_msdyn_assignmentc_79hfhr" FOREIGN KEY ("msdyn_assignmentconfigurationid") REFERENCES data."msdyn_assignmentconfiguration" ON DELETE SET NULL;

ALTER TABLE data."msdyn_assignmentconfigurationstep" ADD CONSTRAINT "fk_msdyn_assignmentconfigurationstep_msdyn_rulesetid" FOREIGN KEY ("msdyn_rulesetid") REFERENCES data."msdyn_decisionruleset" ON DELETE SET NULL;

ALTER TABLE data."msdyn_bookableresourcecapacityprofile" ADD CONSTRAINT "fk_msdyn_bookableresourcecapacityprofile_msdyn_bookabl_88tqm0" FOREIGN KEY ("msdyn_bookableresourceid") REFERENCES data."bookableresource" ON DELETE SET NULL;

ALTER TABLE data."msdyn_bookableresourcecapacityprofile" ADD CONSTRAINT "fk_msdyn_bookableresourcecapacityprofile_msdyn_capacit_1lf38la" FOREIGN KEY ("msdyn_capacityprofileid") REFERENCES data."msdyn_capacityprofile" ON DELETE SET NULL;

ALTER TABLE data."msdyn_cannedmessage" ADD CONSTRAINT "fk_msdyn_cannedmessage_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_chatansweroption" ADD CONSTRAINT "fk_msdyn_chatansweroption_msdyn_answeroptionsid" FOREIGN KEY ("msdyn_answeroptionsid") REFERENCES data."msdyn_surveyquestion" ON DELETE SET NULL;

ALTER TABLE data."msdyn_chatquestionnaireresponse" ADD CONSTRAINT "fk_msdyn_chatquestionnaireresponse_msdyn_livechatconfigid" FOREIGN KEY ("msdyn_livechatconfigid") REFERENCES data."msdyn_livechatconfig" ON DELETE SET NULL;

ALTER TABLE data."msdyn_chatquestionnaireresponse" ADD CONSTRAINT "fk_msdyn_chatquestionnaireresponse_msdyn_ocliveworkitemid" FOREIGN KEY ("msdyn_ocliveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_chatquestionnaireresponseitem" ADD CONSTRAINT "fk_msdyn_chatquestionnaireresponseitem_msdyn_chatansweroptionid" FOREIGN KEY ("msdyn_chatansweroptionid") REFERENCES data."msdyn_chatansweroption" ON DELETE SET NULL;

ALTER TABLE data."msdyn_chatquestionnaireresponseitem" ADD CONSTRAINT "fk_msdyn_chatquestionnaireresponseitem_msdyn_chatquest_1mm5ha4" FOREIGN KEY ("msdyn_chatquestionnaireresponseid") REFERENCES data."msdyn_chatquestionnaireresponse" ON DELETE SET NULL;

ALTER TABLE data."msdyn_chatquestionnaireresponseitem" ADD CONSTRAINT "fk_msdyn_chatquestionnaireresponseitem_msdyn_surveyquestionid" FOREIGN KEY ("msdyn_surveyquestionid") REFERENCES data."msdyn_surveyquestion" ON DELETE SET NULL;

ALTER TABLE data."msdyn_conversationmessageblock" ADD CONSTRAINT "fk_msdyn_conversationmessageblock_msdyn_agentid" FOREIGN KEY ("msdyn_agentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_conversationmessageblock" ADD CONSTRAINT "fk_msdyn_conversationmessageblock_msdyn_agentresponsesessionid" FOREIGN KEY ("msdyn_agentresponsesessionid") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_conversationmessageblock" ADD CONSTRAINT "fk_msdyn_conversationmessageblock_msdyn_customermessag_fwjc7f" FOREIGN KEY ("msdyn_customermessagesessionid") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_conversationmessageblock" ADD CONSTRAINT "fk_msdyn_conversationmessageblock_msdyn_ocliveworkitemid" FOREIGN KEY ("msdyn_ocliveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_decisionruleset" ADD CONSTRAINT "fk_msdyn_decisionruleset_msdyn_inputcontractid" FOREIGN KEY ("msdyn_inputcontractid") REFERENCES data."msdyn_decisioncontract" ON DELETE SET NULL;

ALTER TABLE data."msdyn_decisionruleset" ADD CONSTRAINT "fk_msdyn_decisionruleset_msdyn_outputcontractid" FOREIGN KEY ("msdyn_outputcontractid") REFERENCES data."msdyn_decisioncontract" ON DELETE SET NULL;

ALTER TABLE data."msdyn_livechatconfig" ADD CONSTRAINT "fk_msdyn_livechatconfig_msdyn_authsettingsid" FOREIGN KEY ("msdyn_authsettingsid") REFERENCES data."msdyn_authenticationsettings" ON DELETE SET NULL;

ALTER TABLE data."msdyn_livechatconfig" ADD CONSTRAINT "fk_msdyn_livechatconfig_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_livechatconfig" ADD CONSTRAINT "fk_msdyn_livechatconfig_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_livechatconfig" ADD CONSTRAINT "fk_msdyn_livechatconfig_msdyn_operatinghourid" FOREIGN KEY ("msdyn_operatinghourid") REFERENCES data."msdyn_operatinghour" ON DELETE SET NULL;

ALTER TABLE data."msdyn_livechatwidgetlocation" ADD CONSTRAINT "fk_msdyn_livechatwidgetlocation_msdyn_livechatconfigid" FOREIGN KEY ("msdyn_livechatconfigid") REFERENCES data."msdyn_livechatconfig" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveconversation" ADD CONSTRAINT "fk_msdyn_liveconversation_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveconversation" ADD CONSTRAINT "fk_msdyn_liveconversation_msdyn_queueid" FOREIGN KEY ("msdyn_queueid") REFERENCES data."msdyn_omnichannelqueue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveconversation" ADD CONSTRAINT "fk_msdyn_liveconversation_msdyn_activeagentid" FOREIGN KEY ("msdyn_activeagentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveconversation" ADD CONSTRAINT "fk_msdyn_liveconversation_msdyn_cdsqueueid" FOREIGN KEY ("msdyn_cdsqueueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstream" ADD CONSTRAINT "fk_msdyn_liveworkstream_msdyn_routingcontractid" FOREIGN KEY ("msdyn_routingcontractid") REFERENCES data."msdyn_decisioncontract" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstream" ADD CONSTRAINT "fk_msdyn_liveworkstream_msdyn_defaultqueue" FOREIGN KEY ("msdyn_defaultqueue") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstream" ADD CONSTRAINT "fk_msdyn_liveworkstream_msdyn_botfailureactionconfig" FOREIGN KEY ("msdyn_botfailureactionconfig") REFERENCES data."msdyn_overflowactionconfig" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstream" ADD CONSTRAINT "fk_msdyn_liveworkstream_msdyn_bot_queue" FOREIGN KEY ("msdyn_bot_queue") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstream" ADD CONSTRAINT "fk_msdyn_liveworkstream_msdyn_outboundqueueid" FOREIGN KEY ("msdyn_outboundqueueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstream" ADD CONSTRAINT "fk_msdyn_liveworkstream_msdyn_bot_user" FOREIGN KEY ("msdyn_bot_user") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstreamcapacityprofile" ADD CONSTRAINT "fk_msdyn_liveworkstreamcapacityprofile_msdyn_capacityprofile_id" FOREIGN KEY ("msdyn_capacityprofile_id") REFERENCES data."msdyn_capacityprofile" ON DELETE SET NULL;

ALTER TABLE data."msdyn_liveworkstreamcapacityprofile" ADD CONSTRAINT "fk_msdyn_liveworkstreamcapacityprofile_msdyn_workstream_id" FOREIGN KEY ("msdyn_workstream_id") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_occhannelconfiguration" ADD CONSTRAINT "fk_msdyn_occhannelconfiguration_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_occhannelstateconfiguration" ADD CONSTRAINT "fk_msdyn_occhannelstateconfiguration_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_occhannelstateconfiguration" ADD CONSTRAINT "fk_msdyn_occhannelstateconfiguration_msdyn_occhannelco_1lstwig" FOREIGN KEY ("msdyn_occhannelconfigurationid") REFERENCES data."msdyn_occhannelconfiguration" ON DELETE CASCADE;

ALTER TABLE data."msdyn_occustommessagingchannel" ADD CONSTRAINT "fk_msdyn_occustommessagingchannel_msdyn_custombotchann_arb3u6" FOREIGN KEY ("msdyn_custombotchannelregistration") REFERENCES data."msdyn_ocbotchannelregistration" ON DELETE SET NULL;

ALTER TABLE data."msdyn_occustommessagingchannel" ADD CONSTRAINT "fk_msdyn_occustommessagingchannel_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_occustommessagingchannel" ADD CONSTRAINT "fk_msdyn_occustommessagingchannel_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocfbpage" ADD CONSTRAINT "fk_msdyn_ocfbpage_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocfbpage" ADD CONSTRAINT "fk_msdyn_ocfbpage_msdyn_ocfbapplicationid" FOREIGN KEY ("msdyn_ocfbapplicationid") REFERENCES data."msdyn_ocfbapplication" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocfbpage" ADD CONSTRAINT "fk_msdyn_ocfbpage_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_oclinechannelconfig" ADD CONSTRAINT "fk_msdyn_oclinechannelconfig_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_oclinechannelconfig" ADD CONSTRAINT "fk_msdyn_oclinechannelconfig_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_issueid" FOREIGN KEY ("msdyn_issueid") REFERENCES data."incident" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_channelinstanceid" FOREIGN KEY ("msdyn_channelinstanceid") REFERENCES data."msdyn_channelinstance" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_customerlanguageid" FOREIGN KEY ("msdyn_customerlanguageid") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_routableobjectid" FOREIGN KEY ("msdyn_routableobjectid") REFERENCES data."task" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_externalcontext" FOREIGN KEY ("msdyn_externalcontext") REFERENCES data."msdyn_ocexternalcontext" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency";

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_cdsqueueid" FOREIGN KEY ("msdyn_cdsqueueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_queueitemid" FOREIGN KEY ("msdyn_queueitemid") REFERENCES data."queueitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_socialprofileid" FOREIGN KEY ("msdyn_socialprofileid") REFERENCES data."socialprofile" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_activeagentid" FOREIGN KEY ("msdyn_activeagentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitem_msdyn_queueid" FOREIGN KEY ("msdyn_queueid") REFERENCES data."msdyn_omnichannelqueue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcapacityprofile" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcapacityprofile_msdyn_capacityprofileid" FOREIGN KEY ("msdyn_capacityprofileid") REFERENCES data."msdyn_capacityprofile" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcapacityprofile" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcapacityprofile_msdyn_ocliveworkitemid" FOREIGN KEY ("msdyn_ocliveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcharacteristic" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcharacteristic_msdyn_characteristic" FOREIGN KEY ("msdyn_characteristic") REFERENCES data."characteristic" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcharacteristic" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcharacteristic_msdyn_ocliveworkitemid" FOREIGN KEY ("msdyn_ocliveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcharacteristic" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcharacteristic_msdyn_skilladdedby" FOREIGN KEY ("msdyn_skilladdedby") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcharacteristic" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcharacteristic_msdyn_ratingvalue" FOREIGN KEY ("msdyn_ratingvalue") REFERENCES data."ratingvalue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcontextitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcontextitem_msdyn_ocliveworkstr_1olk90p" FOREIGN KEY ("msdyn_ocliveworkstreamcontextvariableid") REFERENCES data."msdyn_ocliveworkstreamcontextvariable" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemcontextitem" ADD CONSTRAINT "fk_msdyn_ocliveworkitemcontextitem_msdyn_ocliveworkitemid" FOREIGN KEY ("msdyn_ocliveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemparticipant" ADD CONSTRAINT "fk_msdyn_ocliveworkitemparticipant_msdyn_agentid" FOREIGN KEY ("msdyn_agentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkitemsentiment" ADD CONSTRAINT "fk_msdyn_ocliveworkitemsentiment_msdyn_ocliveworkitemid" FOREIGN KEY ("msdyn_ocliveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocliveworkstreamcontextvariable" ADD CONSTRAINT "fk_msdyn_ocliveworkstreamcontextvariable_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsession" ADD CONSTRAINT "fk_msdyn_ocsession_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency";

ALTER TABLE data."msdyn_ocsession" ADD CONSTRAINT "fk_msdyn_ocsession_msdyn_liveworkitemid" FOREIGN KEY ("msdyn_liveworkitemid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE CASCADE;

ALTER TABLE data."msdyn_ocsession" ADD CONSTRAINT "fk_msdyn_ocsession_msdyn_channelinstanceid" FOREIGN KEY ("msdyn_channelinstanceid") REFERENCES data."msdyn_channelinstance" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsession" ADD CONSTRAINT "fk_msdyn_ocsession_msdyn_primarysession" FOREIGN KEY ("msdyn_primarysession") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsession" ADD CONSTRAINT "fk_msdyn_ocsession_msdyn_cdsqueueid" FOREIGN KEY ("msdyn_cdsqueueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsession" ADD CONSTRAINT "fk_msdyn_ocsession_msdyn_queueid" FOREIGN KEY ("msdyn_queueid") REFERENCES data."msdyn_omnichannelqueue" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsessioncharacteristic" ADD CONSTRAINT "fk_msdyn_ocsessioncharacteristic_msdyn_ocliveworkitemc_1dcbjv0" FOREIGN KEY ("msdyn_ocliveworkitemcharacteristic") REFERENCES data."msdyn_ocliveworkitemcharacteristic" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsessioncharacteristic" ADD CONSTRAINT "fk_msdyn_ocsessioncharacteristic_msdyn_ocsession" FOREIGN KEY ("msdyn_ocsession") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsessionparticipantevent" ADD CONSTRAINT "fk_msdyn_ocsessionparticipantevent_msdyn_sessionid" FOREIGN KEY ("msdyn_sessionid") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsessionparticipantevent" ADD CONSTRAINT "fk_msdyn_ocsessionparticipantevent_msdyn_sessionparticipantid" FOREIGN KEY ("msdyn_sessionparticipantid") REFERENCES data."msdyn_sessionparticipant" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsessionsentiment" ADD CONSTRAINT "fk_msdyn_ocsessionsentiment_msdyn_omnichannelsession" FOREIGN KEY ("msdyn_omnichannelsession") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsmschannelsetting" ADD CONSTRAINT "fk_msdyn_ocsmschannelsetting_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsmschannelsetting" ADD CONSTRAINT "fk_msdyn_ocsmschannelsetting_msdyn_language" FOREIGN KEY ("msdyn_language") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsmschannelsetting" ADD CONSTRAINT "fk_msdyn_ocsmschannelsetting_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsmschannelsetting" ADD CONSTRAINT "fk_msdyn_ocsmschannelsetting_msdyn_operatinghourid" FOREIGN KEY ("msdyn_operatinghourid") REFERENCES data."msdyn_operatinghour" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsmschannelsetting" ADD CONSTRAINT "fk_msdyn_ocsmschannelsetting_msdyn_phonenumberid" FOREIGN KEY ("msdyn_phonenumberid") REFERENCES data."msdyn_ocphonenumber" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsystemmessage" ADD CONSTRAINT "fk_msdyn_ocsystemmessage_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocsystemmessage" ADD CONSTRAINT "fk_msdyn_ocsystemmessage_msdyn_defaultlanguage" FOREIGN KEY ("msdyn_defaultlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_octag" ADD CONSTRAINT "fk_msdyn_octag_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_octeamschannelconfig" ADD CONSTRAINT "fk_msdyn_octeamschannelconfig_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_octeamschannelconfig" ADD CONSTRAINT "fk_msdyn_octeamschannelconfig_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_octwitterhandle" ADD CONSTRAINT "fk_msdyn_octwitterhandle_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_octwitterhandle" ADD CONSTRAINT "fk_msdyn_octwitterhandle_msdyn_octwitterapplicationid" FOREIGN KEY ("msdyn_octwitterapplicationid") REFERENCES data."msdyn_octwitterapplication" ON DELETE SET NULL;

ALTER TABLE data."msdyn_octwitterhandle" ADD CONSTRAINT "fk_msdyn_octwitterhandle_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocwechatchannelconfig" ADD CONSTRAINT "fk_msdyn_ocwechatchannelconfig_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocwechatchannelconfig" ADD CONSTRAINT "fk_msdyn_ocwechatchannelconfig_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocwhatsappchannelnumber" ADD CONSTRAINT "fk_msdyn_ocwhatsappchannelnumber_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocwhatsappchannelnumber" ADD CONSTRAINT "fk_msdyn_ocwhatsappchannelnumber_msdyn_ocwhatsappaccountid" FOREIGN KEY ("msdyn_ocwhatsappaccountid") REFERENCES data."msdyn_ocwhatsappchannelaccount" ON DELETE SET NULL;

ALTER TABLE data."msdyn_ocwhatsappchannelnumber" ADD CONSTRAINT "fk_msdyn_ocwhatsappchannelnumber_msdyn_ocwidgetlanguage" FOREIGN KEY ("msdyn_ocwidgetlanguage") REFERENCES data."msdyn_oclanguage" ON DELETE SET NULL;

ALTER TABLE data."msdyn_omnichannelconfiguration" ADD CONSTRAINT "fk_msdyn_omnichannelconfiguration_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_omnichannelconfiguration" ADD CONSTRAINT "fk_msdyn_omnichannelconfiguration_msdyn_inactive_prese_8lggtm" FOREIGN KEY ("msdyn_inactive_presence_lookup") REFERENCES data."msdyn_presence" ON DELETE SET NULL;

ALTER TABLE data."msdyn_omnichannelconfiguration" ADD CONSTRAINT "fk_msdyn_omnichannelconfiguration_msdyn_dnd_presence_lookup" FOREIGN KEY ("msdyn_dnd_presence_lookup") REFERENCES data."msdyn_presence" ON DELETE SET NULL;

ALTER TABLE data."msdyn_presence" ADD CONSTRAINT "fk_msdyn_presence_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."msdyn_questionsequence" ADD CONSTRAINT "fk_msdyn_questionsequence_msdyn_chatengagementtochatsequenceid" FOREIGN KEY ("msdyn_chatengagementtochatsequenceid") REFERENCES data."msdyn_livechatconfig" ON DELETE SET NULL;

ALTER TABLE data."msdyn_questionsequence" ADD CONSTRAINT "fk_msdyn_questionsequence_msdyn_surveyquestion" FOREIGN KEY ("msdyn_surveyquestion") REFERENCES data."msdyn_surveyquestion" ON DELETE SET NULL;

ALTER TABLE data."msdyn_routingconfiguration" ADD CONSTRAINT "fk_msdyn_routingconfiguration_msdyn_liveworkstreamid" FOREIGN KEY ("msdyn_liveworkstreamid") REFERENCES data."msdyn_liveworkstream" ON DELETE CASCADE;

ALTER TABLE data."msdyn_routingconfigurationstep" ADD CONSTRAINT "fk_msdyn_routingconfigurationstep_msdyn_routingconfigurationid" FOREIGN KEY ("msdyn_routingconfigurationid") REFERENCES data."msdyn_routingconfiguration" ON DELETE CASCADE;

ALTER TABLE data."msdyn_routingconfigurationstep" ADD CONSTRAINT "fk_msdyn_routingconfigurationstep_msdyn_rulesetid" FOREIGN KEY ("msdyn_rulesetid") REFERENCES data."msdyn_decisionruleset" ON DELETE SET NULL;

ALTER TABLE data."msdyn_sessionevent" ADD CONSTRAINT "fk_msdyn_sessionevent_msdyn_omnichannelsession" FOREIGN KEY ("msdyn_omnichannelsession") REFERENCES data."msdyn_ocsession" ON DELETE SET NULL;

ALTER TABLE data."msdyn_sessionparticipant" ADD CONSTRAINT "fk_msdyn_sessionparticipant_msdyn_omnichannelsession" FOREIGN KEY ("msdyn_omnichannelsession") REFERENCES data."msdyn_ocsession" ON DELETE CASCADE;

ALTER TABLE data."msdyn_sessionparticipant" ADD CONSTRAINT "fk_msdyn_sessionparticipant_msdyn_agentid" FOREIGN KEY ("msdyn_agentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."msdyn_surveyquestion" ADD CONSTRAINT "fk_msdyn_surveyquestion_msdyn_liveworkstreamtochatquestion" FOREIGN KEY ("msdyn_liveworkstreamtochatquestion") REFERENCES data."msdyn_liveworkstream" ON DELETE SET NULL;

ALTER TABLE data."msdyn_transcript" ADD CONSTRAINT "fk_msdyn_transcript_msdyn_liveworkitemidid" FOREIGN KEY ("msdyn_liveworkitemidid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE SET NULL;

ALTER TABLE data."organization" ADD CONSTRAINT "fk_organization_basecurrencyid" FOREIGN KEY ("basecurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."parley_routingdecision" ADD CONSTRAINT "fk_parley_routingdecision_parley_agentid" FOREIGN KEY ("parley_agentid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."parley_routingdecision" ADD CONSTRAINT "fk_parley_routingdecision_parley_conversationid" FOREIGN KEY ("parley_conversationid") REFERENCES data."msdyn_ocliveworkitem" ON DELETE CASCADE;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_msdyn_inqueueoverflowrulesetid" FOREIGN KEY ("msdyn_inqueueoverflowrulesetid") REFERENCES data."msdyn_decisionruleset" ON DELETE CASCADE;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_msdyn_operatinghourid" FOREIGN KEY ("msdyn_operatinghourid") REFERENCES data."msdyn_operatinghour" ON DELETE SET NULL;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_msdyn_assignmentinputcontractid" FOREIGN KEY ("msdyn_assignmentinputcontractid") REFERENCES data."msdyn_decisioncontract" ON DELETE SET NULL;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_msdyn_prequeueoverflowrulesetid" FOREIGN KEY ("msdyn_prequeueoverflowrulesetid") REFERENCES data."msdyn_decisionruleset" ON DELETE SET NULL;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_businessunitid" FOREIGN KEY ("businessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."queue" ADD CONSTRAINT "fk_queue_primaryuserid" FOREIGN KEY ("primaryuserid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."queueitem" ADD CONSTRAINT "fk_queueitem_queueid" FOREIGN KEY ("queueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."queueitem" ADD CONSTRAINT "fk_queueitem_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."queueitem" ADD CONSTRAINT "fk_queueitem_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."queuemembership" ADD CONSTRAINT "fk_queuemembership_queueid" FOREIGN KEY ("queueid") REFERENCES data."queue" ON DELETE CASCADE;

ALTER TABLE data."queuemembership" ADD CONSTRAINT "fk_queuemembership_systemuserid" FOREIGN KEY ("systemuserid") REFERENCES data."systemuser" ON DELETE CASCADE;

ALTER TABLE data."ratingmodel" ADD CONSTRAINT "fk_ratingmodel_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."ratingvalue" ADD CONSTRAINT "fk_ratingvalue_ratingmodel" FOREIGN KEY ("ratingmodel") REFERENCES data."ratingmodel" ON DELETE SET NULL;

ALTER TABLE data."ratingvalue" ADD CONSTRAINT "fk_ratingvalue_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."role" ADD CONSTRAINT "fk_role_parentroleid" FOREIGN KEY ("parentroleid") REFERENCES data."role";

ALTER TABLE data."role" ADD CONSTRAINT "fk_role_parentrootroleid" FOREIGN KEY ("parentrootroleid") REFERENCES data."role" ON DELETE CASCADE;

ALTER TABLE data."role" ADD CONSTRAINT "fk_role_businessunitid" FOREIGN KEY ("businessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

ALTER TABLE data."roleprivileges" ADD CONSTRAINT "fk_roleprivileges_roleid" FOREIGN KEY ("roleid") REFERENCES data."role" ON DELETE CASCADE;

ALTER TABLE data."roleprivileges" ADD CONSTRAINT "fk_roleprivileges_privilegeid" FOREIGN KEY ("privilegeid") REFERENCES data."privilege" ON DELETE CASCADE;

ALTER TABLE data."socialprofile" ADD CONSTRAINT "fk_socialprofile_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."systemuser" ADD CONSTRAINT "fk_systemuser_calendarid" FOREIGN KEY ("calendarid") REFERENCES data."calendar" ON DELETE SET NULL;

ALTER TABLE data."systemuser" ADD CONSTRAINT "fk_systemuser_businessunitid" FOREIGN KEY ("businessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

ALTER TABLE data."systemuser" ADD CONSTRAINT "fk_systemuser_parentsystemuserid" FOREIGN KEY ("parentsystemuserid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."systemuser" ADD CONSTRAINT "fk_systemuser_queueid" FOREIGN KEY ("queueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."systemuser" ADD CONSTRAINT "fk_systemuser_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."systemuser" ADD CONSTRAINT "fk_systemuser_msdyn_defaultpresenceiduser" FOREIGN KEY ("msdyn_defaultpresenceiduser") REFERENCES data."msdyn_presence" ON DELETE SET NULL;

ALTER TABLE data."systemuserroles" ADD CONSTRAINT "fk_systemuserroles_systemuserid" FOREIGN KEY ("systemuserid") REFERENCES data."systemuser" ON DELETE CASCADE;

ALTER TABLE data."systemuserroles" ADD CONSTRAINT "fk_systemuserroles_roleid" FOREIGN KEY ("roleid") REFERENCES data."role" ON DELETE CASCADE;

ALTER TABLE data."team" ADD CONSTRAINT "fk_team_businessunitid" FOREIGN KEY ("businessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

ALTER TABLE data."team" ADD CONSTRAINT "fk_team_administratorid" FOREIGN KEY ("administratorid") REFERENCES data."systemuser" ON DELETE SET NULL;

ALTER TABLE data."team" ADD CONSTRAINT "fk_team_queueid" FOREIGN KEY ("queueid") REFERENCES data."queue" ON DELETE SET NULL;

ALTER TABLE data."team" ADD CONSTRAINT "fk_team_transactioncurrencyid" FOREIGN KEY ("transactioncurrencyid") REFERENCES data."transactioncurrency" ON DELETE SET NULL;

ALTER TABLE data."teammembership" ADD CONSTRAINT "fk_teammembership_teamid" FOREIGN KEY ("teamid") REFERENCES data."team" ON DELETE CASCADE;

ALTER TABLE data."teammembership" ADD CONSTRAINT "fk_teammembership_systemuserid" FOREIGN KEY ("systemuserid") REFERENCES data."systemuser" ON DELETE CASCADE;

ALTER TABLE data."teamroles" ADD CONSTRAINT "fk_teamroles_teamid" FOREIGN KEY ("teamid") REFERENCES data."team" ON DELETE CASCADE;

ALTER TABLE data."teamroles" ADD CONSTRAINT "fk_teamroles_roleid" FOREIGN KEY ("roleid") REFERENCES data."role" ON DELETE CASCADE;

ALTER TABLE data."transactioncurrency" ADD CONSTRAINT "fk_transactioncurrency_organizationid" FOREIGN KEY ("organizationid") REFERENCES data."organization" ON DELETE SET NULL;

ALTER TABLE data."usersettings" ADD CONSTRAINT "fk_usersettings_businessunitid" FOREIGN KEY ("businessunitid") REFERENCES data."businessunit" ON DELETE SET NULL;

CREATE INDEX ON data."account" (createdon, "accountid");

CREATE INDEX ON data."account" (ownerid, createdon, "accountid");

CREATE INDEX ON data."account" (statecode, createdon, "accountid");

CREATE INDEX ON data."account" ("parentaccountid");

CREATE INDEX ON data."account" ("preferredsystemuserid");

CREATE INDEX ON data."account" ("primarycontactid");

CREATE INDEX ON data."account" ("masterid");

CREATE INDEX ON data."activityparty" ("activityid");

CREATE INDEX ON data."activityparty" ("partyid");

CREATE INDEX ON data."annotation" (createdon, "annotationid");

CREATE INDEX ON data."annotation" (ownerid, createdon, "annotationid");

CREATE INDEX ON data."annotation" ("objectid");

CREATE INDEX ON data."bookableresource" (createdon, "bookableresourceid");

CREATE INDEX ON data."bookableresource" (ownerid, createdon, "bookableresourceid");

CREATE INDEX ON data."bookableresource" (statecode, createdon, "bookableresourceid");

CREATE INDEX ON data."bookableresource" ("accountid");

CREATE INDEX ON data."bookableresource" ("calendarid");

CREATE INDEX ON data."bookableresource" ("contactid");

CREATE INDEX ON data."bookableresource" ("userid");

CREATE INDEX ON data."bookableresourcecharacteristic" (createdon, "bookableresourcecharacteristicid");

CREATE INDEX ON data."bookableresourcecharacteristic" (ownerid, createdon, "bookableresourcecharacteristicid");

CREATE INDEX ON data."bookableresourcecharacteristic" (statecode, createdon, "bookableresourcecharacteristicid");

CREATE INDEX ON data."bookableresourcecharacteristic" ("characteristic");

CREATE INDEX ON data."bookableresourcecharacteristic" ("ratingvalue");

CREATE INDEX ON data."bookableresourcecharacteristic" ("resource");

CREATE INDEX ON data."businessunit" (createdon, "businessunitid");

CREATE INDEX ON data."businessunit" ("calendarid");

CREATE INDEX ON data."businessunit" ("parentbusinessunitid");

CREATE INDEX ON data."calendar" (createdon, "calendarid");

CREATE INDEX ON data."calendar" ("businessunitid");

CREATE INDEX ON data."calendar" ("holidayschedulecalendarid");

CREATE INDEX ON data."calendarrule" (createdon, "calendarruleid");

CREATE INDEX ON data."calendarrule" ("calendarid");

CREATE INDEX ON data."calendarrule" ("innercalendarid");

CREATE INDEX ON data."characteristic" (createdon, "characteristicid");

CREATE INDEX ON data."characteristic" (ownerid, createdon, "characteristicid");

CREATE INDEX ON data."characteristic" (statecode, createdon, "characteristicid");

CREATE INDEX ON data."contact" (createdon, "contactid");

CREATE INDEX ON data."contact" (ownerid, createdon, "contactid");

CREATE INDEX ON data."contact" (statecode, createdon, "contactid");

CREATE INDEX ON data."contact" ("parentcustomerid");

CREATE INDEX ON data."contact" ("preferredsystemuserid");

CREATE INDEX ON data."contact" ("accountid");

CREATE INDEX ON data."contact" ("masterid");

CREATE INDEX ON data."contact" ("parentcontactid");

CREATE INDEX ON data."incident" (createdon, "incidentid");

CREATE INDEX ON data."incident" (ownerid, createdon, "incidentid");

CREATE INDEX ON data."incident" (statecode, createdon, "incidentid");

CREATE INDEX ON data."incident" ("customerid");

CREATE INDEX ON data."incident" ("parentcaseid");

CREATE INDEX ON data."incident" ("primarycontactid");

CREATE INDEX ON data."incident" ("responsiblecontactid");

CREATE INDEX ON data."incident" ("socialprofileid");

CREATE INDEX ON data."incident" ("accountid");

CREATE INDEX ON data."incident" ("contactid");

CREATE INDEX ON data."incident" ("masterid");

CREATE INDEX ON data."msdyn_agentstatus" (createdon, "msdyn_agentstatusid");

CREATE INDEX ON data."msdyn_agentstatus" (ownerid, createdon, "msdyn_agentstatusid");

CREATE INDEX ON data."msdyn_agentstatus" (statecode, createdon, "msdyn_agentstatusid");

CREATE INDEX ON data."msdyn_agentstatus" ("msdyn_agentid");

CREATE INDEX ON data."msdyn_agentstatus" ("msdyn_currentpresenceid");

CREATE INDEX ON data."msdyn_agentstatus" ("msdyn_presencemodifiedbyuserid");

CREATE INDEX ON data."msdyn_agentstatushistory" (createdon, "msdyn_agentstatushistoryid");

CREATE INDEX ON data."msdyn_agentstatushistory" (ownerid, createdon, "msdyn_agentstatushistoryid");

CREATE INDEX ON data."msdyn_agentstatushistory" (statecode, createdon, "msdyn_agentstatushistoryid");

CREATE INDEX ON data."msdyn_agentstatushistory" ("msdyn_agentid");

CREATE INDEX ON data."msdyn_agentstatushistory" ("msdyn_presenceid");

CREATE INDEX ON data."msdyn_assignmentconfiguration" (createdon, "msdyn_assignmentconfigurationid");

CREATE INDEX ON data."msdyn_assignmentconfiguration" (ownerid, createdon, "msdyn_assignmentconfigurationid");

CREATE INDEX ON data."msdyn_assignmentconfiguration" (statecode, createdon, "msdyn_assignmentconfigurationid");

CREATE INDEX ON data."msdyn_assignmentconfiguration" ("msdyn_queueid");

CREATE INDEX ON data."msdyn_assignmentconfigurationstep" (createdon, "msdyn_assignmentconfigurationstepid");

CREATE INDEX ON data."msdyn_assignmentconfigurationstep" (ownerid, createdon, "msdyn_assignmentconfigurationstepid");

CREATE INDEX ON data."msdyn_assignmentconfigurationstep" (statecode, createdon, "msdyn_assignmentconfigurationstepid");

CREATE INDEX ON data."msdyn_assignmentconfigurationstep" ("msdyn_assignmentconfigurationid");

CREATE INDEX ON data."msdyn_assignmentconfigurationstep" ("msdyn_rulesetid");

CREATE INDEX ON data."msdyn_authenticationsettings" (createdon, "msdyn_authenticationsettingsid");

CREATE INDEX ON data."msdyn_authenticationsettings" (ownerid, createdon, "msdyn_authenticationsettingsid");

CREATE INDEX ON data."msdyn_authenticationsettings" (statecode, createdon, "msdyn_authenticationsettingsid");

CREATE INDEX ON data."msdyn_bookableresourcecapacityprofile" (createdon, "msdyn_bookableresourcecapacityprofileid");

CREATE INDEX ON data."msdyn_bookableresourcecapacityprofile" (ownerid, createdon, "msdyn_bookableresourcecapacityprofileid");

CREATE INDEX ON data."msdyn_bookableresourcecapacityprofile" (statecode, createdon, "msdyn_bookableresourcecapacityprofileid");

CREATE INDEX ON data."msdyn_bookableresourcecapacityprofile" ("msdyn_bookableresourceid");

CREATE INDEX ON data."msdyn_bookableresourcecapacityprofile" ("msdyn_capacityprofileid");

CREATE INDEX ON data."msdyn_cannedmessage" (createdon, "msdyn_cannedmessageid");

CREATE INDEX ON data."msdyn_cannedmessage" (statecode, createdon, "msdyn_cannedmessageid");

CREATE INDEX ON data."msdyn_capacityprofile" (createdon, "msdyn_capacityprofileid");

CREATE INDEX ON data."msdyn_capacityprofile" (ownerid, createdon, "msdyn_capacityprofileid");

CREATE INDEX ON data."msdyn_capacityprofile" (statecode, createdon, "msdyn_capacityprofileid");

CREATE INDEX ON data."msdyn_channelinstance" (createdon, "msdyn_channelinstanceid");

CREATE INDEX ON data."msdyn_channelinstance" (ownerid, createdon, "msdyn_channelinstanceid");

CREATE INDEX ON data."msdyn_channelinstance" (statecode, createdon, "msdyn_channelinstanceid");

CREATE INDEX ON data."msdyn_chatansweroption" (createdon, "msdyn_chatansweroptionid");

CREATE INDEX ON data."msdyn_chatansweroption" (ownerid, createdon, "msdyn_chatansweroptionid");

CREATE INDEX ON data."msdyn_chatansweroption" (statecode, createdon, "msdyn_chatansweroptionid");

CREATE INDEX ON data."msdyn_chatansweroption" ("msdyn_answeroptionsid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponse" (createdon, "msdyn_chatquestionnaireresponseid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponse" (ownerid, createdon, "msdyn_chatquestionnaireresponseid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponse" (statecode, createdon, "msdyn_chatquestionnaireresponseid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponse" ("msdyn_livechatconfigid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponse" ("msdyn_ocliveworkitemid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponseitem" (createdon, "msdyn_chatquestionnaireresponseitemid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponseitem" (ownerid, createdon, "msdyn_chatquestionnaireresponseitemid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponseitem" (statecode, createdon, "msdyn_chatquestionnaireresponseitemid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponseitem" ("msdyn_chatansweroptionid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponseitem" ("msdyn_chatquestionnaireresponseid");

CREATE INDEX ON data."msdyn_chatquestionnaireresponseitem" ("msdyn_surveyquestionid");

CREATE INDEX ON data."msdyn_conversationaction" (createdon, "msdyn_conversationactionid");

CREATE INDEX ON data."msdyn_conversationaction" (ownerid, createdon, "msdyn_conversationactionid");

CREATE INDEX ON data."msdyn_conversationaction" (statecode, createdon, "msdyn_conversationactionid");

CREATE INDEX ON data."msdyn_conversationmessageblock" (createdon, "msdyn_conversationmessageblockid");

CREATE INDEX ON data."msdyn_conversationmessageblock" (ownerid, createdon, "msdyn_conversationmessageblockid");

CREATE INDEX ON data."msdyn_conversationmessageblock" (statecode, createdon, "msdyn_conversationmessageblockid");

CREATE INDEX ON data."msdyn_conversationmessageblock" ("msdyn_agentid");

CREATE INDEX ON data."msdyn_conversationmessageblock" ("msdyn_agentresponsesessionid");

CREATE INDEX ON data."msdyn_conversationmessageblock" ("msdyn_customermessagesessionid");

CREATE INDEX ON data."msdyn_conversationmessageblock" ("msdyn_ocliveworkitemid");

CREATE INDEX ON data."msdyn_decisioncontract" (createdon, "msdyn_decisioncontractid");

CREATE INDEX ON data."msdyn_decisioncontract" (ownerid, createdon, "msdyn_decisioncontractid");

CREATE INDEX ON data."msdyn_decisioncontract" (statecode, createdon, "msdyn_decisioncontractid");

CREATE INDEX ON data."msdyn_decisionruleset" (createdon, "msdyn_decisionrulesetid");

CREATE INDEX ON data."msdyn_decisionruleset" (ownerid, createdon, "msdyn_decisionrulesetid");

CREATE INDEX ON data."msdyn_decisionruleset" (statecode, createdon, "msdyn_decisionrulesetid");

CREATE INDEX ON data."msdyn_decisionruleset" ("msdyn_inputcontractid");

CREATE INDEX ON data."msdyn_decisionruleset" ("msdyn_outputcontractid");

CREATE INDEX ON data."msdyn_livechatconfig" (createdon, "msdyn_livechatconfigid");

CREATE INDEX ON data."msdyn_livechatconfig" (ownerid, createdon, "msdyn_livechatconfigid");

CREATE INDEX ON data."msdyn_livechatconfig" (statecode, createdon, "msdyn_livechatconfigid");

CREATE INDEX ON data."msdyn_livechatconfig" ("msdyn_authsettingsid");

CREATE INDEX ON data."msdyn_livechatconfig" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_livechatconfig" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_livechatconfig" ("msdyn_operatinghourid");

CREATE INDEX ON data."msdyn_livechatwidgetlocation" (createdon, "msdyn_livechatwidgetlocationid");

CREATE INDEX ON data."msdyn_livechatwidgetlocation" (ownerid, createdon, "msdyn_livechatwidgetlocationid");

CREATE INDEX ON data."msdyn_livechatwidgetlocation" (statecode, createdon, "msdyn_livechatwidgetlocationid");

CREATE INDEX ON data."msdyn_livechatwidgetlocation" ("msdyn_livechatconfigid");

CREATE INDEX ON data."msdyn_liveconversation" (createdon, "msdyn_liveconversationid");

CREATE INDEX ON data."msdyn_liveconversation" (ownerid, createdon, "msdyn_liveconversationid");

CREATE INDEX ON data."msdyn_liveconversation" (statecode, createdon, "msdyn_liveconversationid");

CREATE INDEX ON data."msdyn_liveconversation" (statuscode, createdon, "msdyn_liveconversationid");

CREATE INDEX ON data."msdyn_liveconversation" (msdyn_activeagentid, createdon, "msdyn_liveconversationid");

CREATE INDEX ON data."msdyn_liveconversation" ("msdyn_cdsqueueid") WHERE ("msdyn_cdsqueueid" IS NOT NULL);

CREATE INDEX ON data."msdyn_liveconversation" ("msdyn_customer") WHERE ("msdyn_customer" IS NOT NULL);

CREATE INDEX ON data."msdyn_liveconversation" ("msdyn_liveworkstreamid") WHERE ("msdyn_liveworkstreamid" IS NOT NULL);

CREATE INDEX ON data."msdyn_liveworkstream" (createdon, "msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_liveworkstream" (ownerid, createdon, "msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_liveworkstream" (statecode, createdon, "msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_liveworkstream" ("msdyn_bot_queue");

CREATE INDEX ON data."msdyn_liveworkstream" ("msdyn_bot_user");

CREATE INDEX ON data."msdyn_liveworkstream" ("msdyn_botfailureactionconfig");

CREATE INDEX ON data."msdyn_liveworkstream" ("msdyn_defaultqueue");

CREATE INDEX ON data."msdyn_liveworkstream" ("msdyn_outboundqueueid");

CREATE INDEX ON data."msdyn_liveworkstream" ("msdyn_routingcontractid");

CREATE INDEX ON data."msdyn_liveworkstreamcapacityprofile" (createdon, "msdyn_liveworkstreamcapacityprofileid");

CREATE INDEX ON data."msdyn_liveworkstreamcapacityprofile" (ownerid, createdon, "msdyn_liveworkstreamcapacityprofileid");

CREATE INDEX ON data."msdyn_liveworkstreamcapacityprofile" (statecode, createdon, "msdyn_liveworkstreamcapacityprofileid");

CREATE INDEX ON data."msdyn_liveworkstreamcapacityprofile" ("msdyn_capacityprofile_id");

CREATE INDEX ON data."msdyn_liveworkstreamcapacityprofile" ("msdyn_workstream_id");

CREATE INDEX ON data."msdyn_ocbotchannelregistration" (createdon, "msdyn_ocbotchannelregistrationid");

CREATE INDEX ON data."msdyn_ocbotchannelregistration" (ownerid, createdon, "msdyn_ocbotchannelregistrationid");

CREATE INDEX ON data."msdyn_ocbotchannelregistration" (statecode, createdon, "msdyn_ocbotchannelregistrationid");

CREATE INDEX ON data."msdyn_occhannelconfiguration" (createdon, "msdyn_occhannelconfigurationid");

CREATE INDEX ON data."msdyn_occhannelconfiguration" (statecode, createdon, "msdyn_occhannelconfigurationid");

CREATE INDEX ON data."msdyn_occhannelstateconfiguration" (createdon, "msdyn_occhannelstateconfigurationid");

CREATE INDEX ON data."msdyn_occhannelstateconfiguration" (statecode, createdon, "msdyn_occhannelstateconfigurationid");

CREATE INDEX ON data."msdyn_occhannelstateconfiguration" ("msdyn_occhannelconfigurationid");

CREATE INDEX ON data."msdyn_occustommessagingchannel" (createdon, "msdyn_occustommessagingchannelid");

CREATE INDEX ON data."msdyn_occustommessagingchannel" (ownerid, createdon, "msdyn_occustommessagingchannelid");

CREATE INDEX ON data."msdyn_occustommessagingchannel" (statecode, createdon, "msdyn_occustommessagingchannelid");

CREATE INDEX ON data."msdyn_occustommessagingchannel" ("msdyn_custombotchannelregistration");

CREATE INDEX ON data."msdyn_occustommessagingchannel" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_occustommessagingchannel" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_ocexternalcontext" (createdon, "msdyn_ocexternalcontextid");

CREATE INDEX ON data."msdyn_ocexternalcontext" (ownerid, createdon, "msdyn_ocexternalcontextid");

CREATE INDEX ON data."msdyn_ocexternalcontext" (statecode, createdon, "msdyn_ocexternalcontextid");

CREATE INDEX ON data."msdyn_ocfbapplication" (createdon, "msdyn_ocfbapplicationid");

CREATE INDEX ON data."msdyn_ocfbapplication" (ownerid, createdon, "msdyn_ocfbapplicationid");

CREATE INDEX ON data."msdyn_ocfbapplication" (statecode, createdon, "msdyn_ocfbapplicationid");

CREATE INDEX ON data."msdyn_ocfbpage" (createdon, "msdyn_ocfbpageid");

CREATE INDEX ON data."msdyn_ocfbpage" (ownerid, createdon, "msdyn_ocfbpageid");

CREATE INDEX ON data."msdyn_ocfbpage" (statecode, createdon, "msdyn_ocfbpageid");

CREATE INDEX ON data."msdyn_ocfbpage" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_ocfbpage" ("msdyn_ocfbapplicationid");

CREATE INDEX ON data."msdyn_ocfbpage" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_oclanguage" (createdon, "msdyn_oclanguageid");

CREATE INDEX ON data."msdyn_oclanguage" (ownerid, createdon, "msdyn_oclanguageid");

CREATE INDEX ON data."msdyn_oclanguage" (statecode, createdon, "msdyn_oclanguageid");

CREATE INDEX ON data."msdyn_oclinechannelconfig" (createdon, "msdyn_oclinechannelconfigid");

CREATE INDEX ON data."msdyn_oclinechannelconfig" (ownerid, createdon, "msdyn_oclinechannelconfigid");

CREATE INDEX ON data."msdyn_oclinechannelconfig" (statecode, createdon, "msdyn_oclinechannelconfigid");

CREATE INDEX ON data."msdyn_oclinechannelconfig" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_oclinechannelconfig" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_ocliveworkitem" (createdon, "activityid");

CREATE INDEX ON data."msdyn_ocliveworkitem" (ownerid, createdon, "activityid");

CREATE INDEX ON data."msdyn_ocliveworkitem" (statecode, createdon, "activityid");

CREATE INDEX ON data."msdyn_ocliveworkitem" (statuscode, createdon, "activityid");

CREATE INDEX ON data."msdyn_ocliveworkitem" (msdyn_activeagentid, createdon, "activityid");

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_cdsqueueid") WHERE ("msdyn_cdsqueueid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_customer") WHERE ("msdyn_customer" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_externalcontext") WHERE ("msdyn_externalcontext" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_issueid") WHERE ("msdyn_issueid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_liveworkstreamid") WHERE ("msdyn_liveworkstreamid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_queueitemid") WHERE ("msdyn_queueitemid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_routableobjectid") WHERE ("msdyn_routableobjectid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("msdyn_socialprofileid") WHERE ("msdyn_socialprofileid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitem" ("regardingobjectid") WHERE ("regardingobjectid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocliveworkitemcapacityprofile" (createdon, "msdyn_ocliveworkitemcapacityprofileid");

CREATE INDEX ON data."msdyn_ocliveworkitemcapacityprofile" (ownerid, createdon, "msdyn_ocliveworkitemcapacityprofileid");

CREATE INDEX ON data."msdyn_ocliveworkitemcapacityprofile" (statecode, createdon, "msdyn_ocliveworkitemcapacityprofileid");

CREATE INDEX ON data."msdyn_ocliveworkitemcapacityprofile" ("msdyn_capacityprofileid");

CREATE INDEX ON data."msdyn_ocliveworkitemcapacityprofile" ("msdyn_ocliveworkitemid");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" (createdon, "msdyn_ocliveworkitemcharacteristicid");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" (ownerid, createdon, "msdyn_ocliveworkitemcharacteristicid");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" (statecode, createdon, "msdyn_ocliveworkitemcharacteristicid");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" ("msdyn_characteristic");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" ("msdyn_ocliveworkitemid");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" ("msdyn_ratingvalue");

CREATE INDEX ON data."msdyn_ocliveworkitemcharacteristic" ("msdyn_skilladdedby");

CREATE INDEX ON data."msdyn_ocliveworkitemcontextitem" (createdon, "msdyn_ocliveworkitemcontextitemid");

CREATE INDEX ON data."msdyn_ocliveworkitemcontextitem" (ownerid, createdon, "msdyn_ocliveworkitemcontextitemid");

CREATE INDEX ON data."msdyn_ocliveworkitemcontextitem" (statecode, createdon, "msdyn_ocliveworkitemcontextitemid");

CREATE INDEX ON data."msdyn_ocliveworkitemcontextitem" ("msdyn_ocliveworkitemid");

CREATE INDEX ON data."msdyn_ocliveworkitemcontextitem" ("msdyn_ocliveworkstreamcontextvariableid");

CREATE INDEX ON data."msdyn_ocliveworkitemparticipant" (createdon, "msdyn_ocliveworkitemparticipantid");

CREATE INDEX ON data."msdyn_ocliveworkitemparticipant" (ownerid, createdon, "msdyn_ocliveworkitemparticipantid");

CREATE INDEX ON data."msdyn_ocliveworkitemparticipant" (statecode, createdon, "msdyn_ocliveworkitemparticipantid");

CREATE INDEX ON data."msdyn_ocliveworkitemparticipant" ("msdyn_agentid");

CREATE INDEX ON data."msdyn_ocliveworkitemsentiment" (createdon, "msdyn_ocliveworkitemsentimentid");

CREATE INDEX ON data."msdyn_ocliveworkitemsentiment" (ownerid, createdon, "msdyn_ocliveworkitemsentimentid");

CREATE INDEX ON data."msdyn_ocliveworkitemsentiment" (statecode, createdon, "msdyn_ocliveworkitemsentimentid");

CREATE INDEX ON data."msdyn_ocliveworkitemsentiment" ("msdyn_ocliveworkitemid");

CREATE INDEX ON data."msdyn_ocliveworkstreamcontextvariable" (createdon, "msdyn_ocliveworkstreamcontextvariableid");

CREATE INDEX ON data."msdyn_ocliveworkstreamcontextvariable" (ownerid, createdon, "msdyn_ocliveworkstreamcontextvariableid");

CREATE INDEX ON data."msdyn_ocliveworkstreamcontextvariable" (statecode, createdon, "msdyn_ocliveworkstreamcontextvariableid");

CREATE INDEX ON data."msdyn_ocliveworkstreamcontextvariable" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_ocphonenumber" (createdon, "msdyn_ocphonenumberid");

CREATE INDEX ON data."msdyn_ocphonenumber" (ownerid, createdon, "msdyn_ocphonenumberid");

CREATE INDEX ON data."msdyn_ocphonenumber" (statecode, createdon, "msdyn_ocphonenumberid");

CREATE INDEX ON data."msdyn_ocsession" (createdon, "activityid");

CREATE INDEX ON data."msdyn_ocsession" (ownerid, createdon, "activityid");

CREATE INDEX ON data."msdyn_ocsession" ("msdyn_cdsqueueid") WHERE ("msdyn_cdsqueueid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocsession" ("msdyn_liveworkitemid") WHERE ("msdyn_liveworkitemid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocsession" ("msdyn_primarysession") WHERE ("msdyn_primarysession" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocsession" ("regardingobjectid") WHERE ("regardingobjectid" IS NOT NULL);

CREATE INDEX ON data."msdyn_ocsessioncharacteristic" (createdon, "msdyn_ocsessioncharacteristicid");

CREATE INDEX ON data."msdyn_ocsessioncharacteristic" (ownerid, createdon, "msdyn_ocsessioncharacteristicid");

CREATE INDEX ON data."msdyn_ocsessioncharacteristic" (statecode, createdon, "msdyn_ocsessioncharacteristicid");

CREATE INDEX ON data."msdyn_ocsessioncharacteristic" ("msdyn_ocliveworkitemcharacteristic");

CREATE INDEX ON data."msdyn_ocsessioncharacteristic" ("msdyn_ocsession");

CREATE INDEX ON data."msdyn_ocsessionparticipantevent" (createdon, "msdyn_ocsessionparticipanteventid");

CREATE INDEX ON data."msdyn_ocsessionparticipantevent" (ownerid, createdon, "msdyn_ocsessionparticipanteventid");

CREATE INDEX ON data."msdyn_ocsessionparticipantevent" (statecode, createdon, "msdyn_ocsessionparticipanteventid");

CREATE INDEX ON data."msdyn_ocsessionparticipantevent" ("msdyn_sessionid");

CREATE INDEX ON data."msdyn_ocsessionparticipantevent" ("msdyn_sessionparticipantid");

CREATE INDEX ON data."msdyn_ocsessionsentiment" (createdon, "msdyn_ocsessionsentimentid");

CREATE INDEX ON data."msdyn_ocsessionsentiment" (ownerid, createdon, "msdyn_ocsessionsentimentid");

CREATE INDEX ON data."msdyn_ocsessionsentiment" (statecode, createdon, "msdyn_ocsessionsentimentid");

CREATE INDEX ON data."msdyn_ocsessionsentiment" ("msdyn_omnichannelsession");

CREATE INDEX ON data."msdyn_ocsmschannelsetting" (createdon, "msdyn_ocsmschannelsettingid");

CREATE INDEX ON data."msdyn_ocsmschannelsetting" (statecode, createdon, "msdyn_ocsmschannelsettingid");

CREATE INDEX ON data."msdyn_ocsmschannelsetting" ("msdyn_language");

CREATE INDEX ON data."msdyn_ocsmschannelsetting" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_ocsmschannelsetting" ("msdyn_operatinghourid");

CREATE INDEX ON data."msdyn_ocsmschannelsetting" ("msdyn_phonenumberid");

CREATE INDEX ON data."msdyn_ocsystemmessage" (createdon, "msdyn_ocsystemmessageid");

CREATE INDEX ON data."msdyn_ocsystemmessage" (statecode, createdon, "msdyn_ocsystemmessageid");

CREATE INDEX ON data."msdyn_ocsystemmessage" ("msdyn_defaultlanguage");

CREATE INDEX ON data."msdyn_octag" (createdon, "msdyn_octagid");

CREATE INDEX ON data."msdyn_octag" (statecode, createdon, "msdyn_octagid");

CREATE INDEX ON data."msdyn_octeamschannelconfig" (createdon, "msdyn_octeamschannelconfigid");

CREATE INDEX ON data."msdyn_octeamschannelconfig" (ownerid, createdon, "msdyn_octeamschannelconfigid");

CREATE INDEX ON data."msdyn_octeamschannelconfig" (statecode, createdon, "msdyn_octeamschannelconfigid");

CREATE INDEX ON data."msdyn_octeamschannelconfig" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_octeamschannelconfig" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_octwitterapplication" (createdon, "msdyn_octwitterapplicationid");

CREATE INDEX ON data."msdyn_octwitterapplication" (ownerid, createdon, "msdyn_octwitterapplicationid");

CREATE INDEX ON data."msdyn_octwitterapplication" (statecode, createdon, "msdyn_octwitterapplicationid");

CREATE INDEX ON data."msdyn_octwitterhandle" (createdon, "msdyn_octwitterhandleid");

CREATE INDEX ON data."msdyn_octwitterhandle" (ownerid, createdon, "msdyn_octwitterhandleid");

CREATE INDEX ON data."msdyn_octwitterhandle" (statecode, createdon, "msdyn_octwitterhandleid");

CREATE INDEX ON data."msdyn_octwitterhandle" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_octwitterhandle" ("msdyn_octwitterapplicationid");

CREATE INDEX ON data."msdyn_octwitterhandle" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_ocwechatchannelconfig" (createdon, "msdyn_ocwechatchannelconfigid");

CREATE INDEX ON data."msdyn_ocwechatchannelconfig" (ownerid, createdon, "msdyn_ocwechatchannelconfigid");

CREATE INDEX ON data."msdyn_ocwechatchannelconfig" (statecode, createdon, "msdyn_ocwechatchannelconfigid");

CREATE INDEX ON data."msdyn_ocwechatchannelconfig" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_ocwechatchannelconfig" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_ocwhatsappchannelaccount" (createdon, "msdyn_ocwhatsappchannelaccountid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelaccount" (ownerid, createdon, "msdyn_ocwhatsappchannelaccountid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelaccount" (statecode, createdon, "msdyn_ocwhatsappchannelaccountid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelnumber" (createdon, "msdyn_ocwhatsappchannelnumberid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelnumber" (ownerid, createdon, "msdyn_ocwhatsappchannelnumberid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelnumber" (statecode, createdon, "msdyn_ocwhatsappchannelnumberid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelnumber" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelnumber" ("msdyn_ocwhatsappaccountid");

CREATE INDEX ON data."msdyn_ocwhatsappchannelnumber" ("msdyn_ocwidgetlanguage");

CREATE INDEX ON data."msdyn_omnichannelconfiguration" (createdon, "msdyn_omnichannelconfigurationid");

CREATE INDEX ON data."msdyn_omnichannelconfiguration" (statecode, createdon, "msdyn_omnichannelconfigurationid");

CREATE INDEX ON data."msdyn_omnichannelconfiguration" ("msdyn_dnd_presence_lookup");

CREATE INDEX ON data."msdyn_omnichannelconfiguration" ("msdyn_inactive_presence_lookup");

CREATE INDEX ON data."msdyn_omnichannelqueue" (createdon, "msdyn_omnichannelqueueid");

CREATE INDEX ON data."msdyn_omnichannelqueue" (ownerid, createdon, "msdyn_omnichannelqueueid");

CREATE INDEX ON data."msdyn_omnichannelqueue" (statecode, createdon, "msdyn_omnichannelqueueid");

CREATE INDEX ON data."msdyn_operatinghour" (createdon, "msdyn_operatinghourid");

CREATE INDEX ON data."msdyn_operatinghour" (ownerid, createdon, "msdyn_operatinghourid");

CREATE INDEX ON data."msdyn_operatinghour" (statecode, createdon, "msdyn_operatinghourid");

CREATE INDEX ON data."msdyn_overflowactionconfig" (createdon, "msdyn_overflowactionconfigid");

CREATE INDEX ON data."msdyn_overflowactionconfig" (ownerid, createdon, "msdyn_overflowactionconfigid");

CREATE INDEX ON data."msdyn_overflowactionconfig" (statecode, createdon, "msdyn_overflowactionconfigid");

CREATE INDEX ON data."msdyn_personalmessage" (createdon, "msdyn_personalmessageid");

CREATE INDEX ON data."msdyn_personalmessage" (ownerid, createdon, "msdyn_personalmessageid");

CREATE INDEX ON data."msdyn_personalmessage" (statecode, createdon, "msdyn_personalmessageid");

CREATE INDEX ON data."msdyn_presence" (createdon, "msdyn_presenceid");

CREATE INDEX ON data."msdyn_presence" (statecode, createdon, "msdyn_presenceid");

CREATE INDEX ON data."msdyn_questionsequence" (createdon, "msdyn_questionsequenceid");

CREATE INDEX ON data."msdyn_questionsequence" (ownerid, createdon, "msdyn_questionsequenceid");

CREATE INDEX ON data."msdyn_questionsequence" (statecode, createdon, "msdyn_questionsequenceid");

CREATE INDEX ON data."msdyn_questionsequence" ("msdyn_chatengagementtochatsequenceid");

CREATE INDEX ON data."msdyn_questionsequence" ("msdyn_surveyquestion");

CREATE INDEX ON data."msdyn_routingconfiguration" (createdon, "msdyn_routingconfigurationid");

CREATE INDEX ON data."msdyn_routingconfiguration" (ownerid, createdon, "msdyn_routingconfigurationid");

CREATE INDEX ON data."msdyn_routingconfiguration" (statecode, createdon, "msdyn_routingconfigurationid");

CREATE INDEX ON data."msdyn_routingconfiguration" ("msdyn_liveworkstreamid");

CREATE INDEX ON data."msdyn_routingconfigurationstep" (createdon, "msdyn_routingconfigurationstepid");

CREATE INDEX ON data."msdyn_routingconfigurationstep" (ownerid, createdon, "msdyn_routingconfigurationstepid");

CREATE INDEX ON data."msdyn_routingconfigurationstep" (statecode, createdon, "msdyn_routingconfigurationstepid");

CREATE INDEX ON data."msdyn_routingconfigurationstep" ("msdyn_routingconfigurationid");

CREATE INDEX ON data."msdyn_routingconfigurationstep" ("msdyn_rulesetid");

CREATE INDEX ON data."msdyn_sessionevent" (createdon, "msdyn_sessioneventid");

CREATE INDEX ON data."msdyn_sessionevent" (ownerid, createdon, "msdyn_sessioneventid");

CREATE INDEX ON data."msdyn_sessionevent" ("msdyn_omnichannelsession") WHERE ("msdyn_omnichannelsession" IS NOT NULL);

CREATE INDEX ON data."msdyn_sessionparticipant" (createdon, "msdyn_sessionparticipantid");

CREATE INDEX ON data."msdyn_sessionparticipant" (ownerid, createdon, "msdyn_sessionparticipantid");

CREATE INDEX ON data."msdyn_sessionparticipant" ("msdyn_agentid") WHERE ("msdyn_agentid" IS NOT NULL);

CREATE INDEX ON data."msdyn_sessionparticipant" ("msdyn_omnichannelsession") WHERE ("msdyn_omnichannelsession" IS NOT NULL);

CREATE INDEX ON data."msdyn_surveyquestion" (createdon, "msdyn_surveyquestionid");

CREATE INDEX ON data."msdyn_surveyquestion" (ownerid, createdon, "msdyn_surveyquestionid");

CREATE INDEX ON data."msdyn_surveyquestion" (statecode, createdon, "msdyn_surveyquestionid");

CREATE INDEX ON data."msdyn_surveyquestion" ("msdyn_liveworkstreamtochatquestion");

CREATE INDEX ON data."msdyn_transcript" (createdon, "msdyn_transcriptid");

CREATE INDEX ON data."msdyn_transcript" (ownerid, createdon, "msdyn_transcriptid");

CREATE INDEX ON data."msdyn_transcript" (statecode, createdon, "msdyn_transcriptid");

CREATE INDEX ON data."msdyn_transcript" ("msdyn_liveworkitemidid");

CREATE INDEX ON data."organization" (createdon, "organizationid");

CREATE INDEX ON data."organization" ("basecurrencyid");

CREATE INDEX ON data."parley_routingdecision" (createdon, "parley_routingdecisionid");

CREATE INDEX ON data."parley_routingdecision" (parley_agentid, parley_decidedon, "parley_routingdecisionid");

CREATE INDEX ON data."parley_routingdecision" ("parley_conversationid") WHERE ("parley_conversationid" IS NOT NULL);

CREATE INDEX ON data."principalobjectaccess" (principalid, objectid);

CREATE INDEX ON data."queue" (createdon, "queueid");

CREATE INDEX ON data."queue" (ownerid, createdon, "queueid");

CREATE INDEX ON data."queue" (statecode, createdon, "queueid");

CREATE INDEX ON data."queue" ("msdyn_assignmentinputcontractid");

CREATE INDEX ON data."queue" ("msdyn_inqueueoverflowrulesetid");

CREATE INDEX ON data."queue" ("msdyn_operatinghourid");

CREATE INDEX ON data."queue" ("msdyn_prequeueoverflowrulesetid");

CREATE INDEX ON data."queue" ("businessunitid");

CREATE INDEX ON data."queue" ("primaryuserid");

CREATE INDEX ON data."queueitem" (createdon, "queueitemid");

CREATE INDEX ON data."queueitem" (statecode, createdon, "queueitemid");

CREATE INDEX ON data."queueitem" ("objectid");

CREATE INDEX ON data."queueitem" ("queueid");

CREATE INDEX ON data."queueitem" ("workerid");

CREATE INDEX ON data."queuemembership" ("systemuserid");

CREATE INDEX ON data."ratingmodel" (createdon, "ratingmodelid");

CREATE INDEX ON data."ratingmodel" (ownerid, createdon, "ratingmodelid");

CREATE INDEX ON data."ratingmodel" (statecode, createdon, "ratingmodelid");

CREATE INDEX ON data."ratingvalue" (createdon, "ratingvalueid");

CREATE INDEX ON data."ratingvalue" (ownerid, createdon, "ratingvalueid");

CREATE INDEX ON data."ratingvalue" (statecode, createdon, "ratingvalueid");

CREATE INDEX ON data."ratingvalue" ("ratingmodel");

CREATE INDEX ON data."role" (createdon, "roleid");

CREATE INDEX ON data."role" ("businessunitid");

CREATE INDEX ON data."role" ("parentroleid");

CREATE INDEX ON data."role" ("parentrootroleid");

CREATE INDEX ON data."roleprivileges" ("privilegeid");

CREATE INDEX ON data."socialprofile" (createdon, "socialprofileid");

CREATE INDEX ON data."socialprofile" (ownerid, createdon, "socialprofileid");

CREATE INDEX ON data."socialprofile" (statecode, createdon, "socialprofileid");

CREATE INDEX ON data."socialprofile" ("customerid");

CREATE INDEX ON data."systemuser" (createdon, "systemuserid");

CREATE INDEX ON data."systemuser" ("businessunitid");

CREATE INDEX ON data."systemuser" ("calendarid");

CREATE INDEX ON data."systemuser" ("parentsystemuserid");

CREATE INDEX ON data."systemuser" ("queueid");

CREATE INDEX ON data."systemuser" ("msdyn_defaultpresenceiduser");

CREATE INDEX ON data."systemuserroles" ("roleid");

CREATE INDEX ON data."task" (createdon, "activityid");

CREATE INDEX ON data."task" (ownerid, createdon, "activityid");

CREATE INDEX ON data."task" (statecode, createdon, "activityid");

CREATE INDEX ON data."task" ("regardingobjectid");

CREATE INDEX ON data."team" (createdon, "teamid");

CREATE INDEX ON data."team" ("administratorid");

CREATE INDEX ON data."team" ("businessunitid");

CREATE INDEX ON data."team" ("queueid");

CREATE INDEX ON data."teammembership" ("systemuserid");

CREATE INDEX ON data."teamroles" ("roleid");

CREATE INDEX ON data."transactioncurrency" (createdon, "transactioncurrencyid");

CREATE INDEX ON data."transactioncurrency" (statecode, createdon, "transactioncurrencyid");

CREATE INDEX ON data."usersettings" ("businessunitid");

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."account" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE data."activityparty" SET "partyid" = NULL, "partyid_table" = NULL WHERE "partyid" = OLD."accountid";
  DELETE FROM data."annotation" WHERE "objectid" = OLD."accountid";
  UPDATE data."contact" SET "parentcustomerid" = NULL, "parentcustomerid_table" = NULL WHERE "parentcustomerid" = OLD."accountid";
  UPDATE data."incident" SET "customerid" = NULL, "customerid_table" = NULL WHERE "customerid" = OLD."accountid";
  UPDATE data."msdyn_liveconversation" SET "msdyn_customer" = NULL, "msdyn_customer_table" = NULL WHERE "msdyn_customer" = OLD."accountid";
  UPDATE data."msdyn_ocliveworkitem" SET "msdyn_customer" = NULL, "msdyn_customer_table" = NULL WHERE "msdyn_customer" = OLD."accountid";
  DELETE FROM data."msdyn_ocliveworkitem" WHERE "regardingobjectid" = OLD."accountid";
  DELETE FROM data."msdyn_ocsession" WHERE "regardingobjectid" = OLD."accountid";
  UPDATE data."socialprofile" SET "customerid" = NULL, "customerid_table" = NULL WHERE "customerid" = OLD."accountid";
  DELETE FROM data."task" WHERE "regardingobjectid" = OLD."accountid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."accountid" AND objecttypecode = 'account';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."account" FOR EACH ROW EXECUTE FUNCTION data."after_delete_account"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."activityparty" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."annotation" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_annotation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."annotationid" AND objecttypecode = 'annotation';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."annotation" FOR EACH ROW EXECUTE FUNCTION data."after_delete_annotation"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."bookableresource" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_bookableresource"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."bookableresourceid" AND objecttypecode = 'bookableresource';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."bookableresource" FOR EACH ROW EXECUTE FUNCTION data."after_delete_bookableresource"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."bookableresourcecharacteristic" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_bookableresourcecharacteristic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."bookableresourcecharacteristicid" AND objecttypecode = 'bookableresourcecharacteristic';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."bookableresourcecharacteristic" FOR EACH ROW EXECUTE FUNCTION data."after_delete_bookableresourcecharacteristic"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."businessunit" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."calendar" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_calendar"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data."annotation" WHERE "objectid" = OLD."calendarid";
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."calendar" FOR EACH ROW EXECUTE FUNCTION data."after_delete_calendar"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."calendarrule" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."characteristic" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_characteristic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."characteristicid" AND objecttypecode = 'characteristic';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."characteristic" FOR EACH ROW EXECUTE FUNCTION data."after_delete_characteristic"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."contact" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_contact"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE data."activityparty" SET "partyid" = NULL, "partyid_table" = NULL WHERE "partyid" = OLD."contactid";
  DELETE FROM data."annotation" WHERE "objectid" = OLD."contactid";
  UPDATE data."contact" SET "parentcustomerid" = NULL, "parentcustomerid_table" = NULL WHERE "parentcustomerid" = OLD."contactid";
  UPDATE data."incident" SET "customerid" = NULL, "customerid_table" = NULL WHERE "customerid" = OLD."contactid";
  UPDATE data."msdyn_liveconversation" SET "msdyn_customer" = NULL, "msdyn_customer_table" = NULL WHERE "msdyn_customer" = OLD."contactid";
  UPDATE data."msdyn_ocliveworkitem" SET "msdyn_customer" = NULL, "msdyn_customer_table" = NULL WHERE "msdyn_customer" = OLD."contactid";
  DELETE FROM data."msdyn_ocliveworkitem" WHERE "regardingobjectid" = OLD."contactid";
  DELETE FROM data."msdyn_ocsession" WHERE "regardingobjectid" = OLD."contactid";
  UPDATE data."socialprofile" SET "customerid" = NULL, "customerid_table" = NULL WHERE "customerid" = OLD."contactid";
  DELETE FROM data."task" WHERE "regardingobjectid" = OLD."contactid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."contactid" AND objecttypecode = 'contact';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."contact" FOR EACH ROW EXECUTE FUNCTION data."after_delete_contact"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."incident" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_incident"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data."annotation" WHERE "objectid" = OLD."incidentid";
  DELETE FROM data."msdyn_ocliveworkitem" WHERE "regardingobjectid" = OLD."incidentid";
  DELETE FROM data."msdyn_ocsession" WHERE "regardingobjectid" = OLD."incidentid";
  DELETE FROM data."queueitem" WHERE "objectid" = OLD."incidentid";
  DELETE FROM data."task" WHERE "regardingobjectid" = OLD."incidentid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."incidentid" AND objecttypecode = 'incident';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."incident" FOR EACH ROW EXECUTE FUNCTION data."after_delete_incident"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_agentstatus" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_agentstatus"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_agentstatusid" AND objecttypecode = 'msdyn_agentstatus';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_agentstatus" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_agentstatus"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_agentstatushistory" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_agentstatushistory"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_agentstatushistoryid" AND objecttypecode = 'msdyn_agentstatushistory';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_agentstatushistory" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_agentstatushistory"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_assignmentconfiguration" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_assignmentconfiguration"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_assignmentconfigurationid" AND objecttypecode = 'msdyn_assignmentconfiguration';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_assignmentconfiguration" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_assignmentconfiguration"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_assignmentconfigurationstep" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_assignmentconfigurationstep"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_assignmentconfigurationstepid" AND objecttypecode = 'msdyn_assignmentconfigurationstep';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_assignmentconfigurationstep" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_assignmentconfigurationstep"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_authenticationsettings" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_authenticationsettings"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_authenticationsettingsid" AND objecttypecode = 'msdyn_authenticationsettings';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_authenticationsettings" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_authenticationsettings"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_bookableresourcecapacityprofile" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_bookableresourcecapacityprofile"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_bookableresourcecapacityprofileid" AND objecttypecode = 'msdyn_bookableresourcecapacityprofile';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_bookableresourcecapacityprofile" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_bookableresourcecapacityprofile"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_cannedmessage" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_capacityprofile" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_capacityprofile"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_capacityprofileid" AND objecttypecode = 'msdyn_capacityprofile';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_capacityprofile" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_capacityprofile"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_channelinstance" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_channelinstance"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_channelinstanceid" AND objecttypecode = 'msdyn_channelinstance';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_channelinstance" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_channelinstance"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_chatansweroption" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_chatansweroption"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_chatansweroptionid" AND objecttypecode = 'msdyn_chatansweroption';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_chatansweroption" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_chatansweroption"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_chatquestionnaireresponse" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_chatquestionnaireresponse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_chatquestionnaireresponseid" AND objecttypecode = 'msdyn_chatquestionnaireresponse';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_chatquestionnaireresponse" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_chatquestionnaireresponse"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_chatquestionnaireresponseitem" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_chatquestionnaireresponseitem"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_chatquestionnaireresponseitemid" AND objecttypecode = 'msdyn_chatquestionnaireresponseitem';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_chatquestionnaireresponseitem" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_chatquestionnaireresponseitem"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_conversationaction" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_conversationaction"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_conversationactionid" AND objecttypecode = 'msdyn_conversationaction';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_conversationaction" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_conversationaction"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_conversationmessageblock" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_conversationmessageblock"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_conversationmessageblockid" AND objecttypecode = 'msdyn_conversationmessageblock';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_conversationmessageblock" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_conversationmessageblock"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_decisioncontract" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_decisioncontract"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_decisioncontractid" AND objecttypecode = 'msdyn_decisioncontract';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_decisioncontract" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_decisioncontract"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_decisionruleset" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_decisionruleset"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_decisionrulesetid" AND objecttypecode = 'msdyn_decisionruleset';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_decisionruleset" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_decisionruleset"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_livechatconfig" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_livechatconfig"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_livechatconfigid" AND objecttypecode = 'msdyn_livechatconfig';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_livechatconfig" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_livechatconfig"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_livechatwidgetlocation" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_livechatwidgetlocation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_livechatwidgetlocationid" AND objecttypecode = 'msdyn_livechatwidgetlocation';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_livechatwidgetlocation" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_livechatwidgetlocation"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_liveconversation" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_liveconversation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data."annotation" WHERE "objectid" = OLD."msdyn_liveconversationid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_liveconversationid" AND objecttypecode = 'msdyn_liveconversation';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_liveconversation" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_liveconversation"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_liveworkstream" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_liveworkstream"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_liveworkstreamid" AND objecttypecode = 'msdyn_liveworkstream';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_liveworkstream" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_liveworkstream"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_liveworkstreamcapacityprofile" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_liveworkstreamcapacityprofile"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_liveworkstreamcapacityprofileid" AND objecttypecode = 'msdyn_liveworkstreamcapacityprofile';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_liveworkstreamcapacityprofile" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_liveworkstreamcapacityprofile"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocbotchannelregistration" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocbotchannelregistration"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocbotchannelregistrationid" AND objecttypecode = 'msdyn_ocbotchannelregistration';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocbotchannelregistration" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocbotchannelregistration"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_occhannelconfiguration" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_occhannelstateconfiguration" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_occustommessagingchannel" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_occustommessagingchannel"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_occustommessagingchannelid" AND objecttypecode = 'msdyn_occustommessagingchannel';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_occustommessagingchannel" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_occustommessagingchannel"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocexternalcontext" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocexternalcontext"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocexternalcontextid" AND objecttypecode = 'msdyn_ocexternalcontext';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocexternalcontext" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocexternalcontext"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocfbapplication" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocfbapplication"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocfbapplicationid" AND objecttypecode = 'msdyn_ocfbapplication';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocfbapplication" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocfbapplication"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocfbpage" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocfbpage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocfbpageid" AND objecttypecode = 'msdyn_ocfbpage';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocfbpage" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocfbpage"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_oclanguage" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_oclanguage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_oclanguageid" AND objecttypecode = 'msdyn_oclanguage';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_oclanguage" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_oclanguage"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_oclinechannelconfig" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_oclinechannelconfig"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_oclinechannelconfigid" AND objecttypecode = 'msdyn_oclinechannelconfig';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_oclinechannelconfig" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_oclinechannelconfig"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkitem" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkitem"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data."annotation" WHERE "objectid" = OLD."activityid";
  DELETE FROM data."queueitem" WHERE "objectid" = OLD."activityid";
  DELETE FROM data."task" WHERE "regardingobjectid" = OLD."activityid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."activityid" AND objecttypecode = 'msdyn_ocliveworkitem';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkitem" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkitem"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkitemcapacityprofile" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkitemcapacityprofile"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocliveworkitemcapacityprofileid" AND objecttypecode = 'msdyn_ocliveworkitemcapacityprofile';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkitemcapacityprofile" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkitemcapacityprofile"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkitemcharacteristic" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkitemcharacteristic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocliveworkitemcharacteristicid" AND objecttypecode = 'msdyn_ocliveworkitemcharacteristic';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkitemcharacteristic" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkitemcharacteristic"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkitemcontextitem" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkitemcontextitem"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocliveworkitemcontextitemid" AND objecttypecode = 'msdyn_ocliveworkitemcontextitem';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkitemcontextitem" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkitemcontextitem"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkitemparticipant" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkitemparticipant"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocliveworkitemparticipantid" AND objecttypecode = 'msdyn_ocliveworkitemparticipant';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkitemparticipant" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkitemparticipant"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkitemsentiment" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkitemsentiment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocliveworkitemsentimentid" AND objecttypecode = 'msdyn_ocliveworkitemsentiment';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkitemsentiment" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkitemsentiment"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocliveworkstreamcontextvariable" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocliveworkstreamcontextvariable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocliveworkstreamcontextvariableid" AND objecttypecode = 'msdyn_ocliveworkstreamcontextvariable';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocliveworkstreamcontextvariable" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocliveworkstreamcontextvariable"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocphonenumber" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocphonenumber"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocphonenumberid" AND objecttypecode = 'msdyn_ocphonenumber';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocphonenumber" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocphonenumber"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocsession" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocsession"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."activityid" AND objecttypecode = 'msdyn_ocsession';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocsession" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocsession"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocsessioncharacteristic" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocsessioncharacteristic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocsessioncharacteristicid" AND objecttypecode = 'msdyn_ocsessioncharacteristic';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocsessioncharacteristic" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocsessioncharacteristic"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocsessionparticipantevent" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocsessionparticipantevent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocsessionparticipanteventid" AND objecttypecode = 'msdyn_ocsessionparticipantevent';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocsessionparticipantevent" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocsessionparticipantevent"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocsessionsentiment" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocsessionsentiment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocsessionsentimentid" AND objecttypecode = 'msdyn_ocsessionsentiment';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocsessionsentiment" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocsessionsentiment"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocsmschannelsetting" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocsystemmessage" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_octag" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_octeamschannelconfig" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_octeamschannelconfig"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_octeamschannelconfigid" AND objecttypecode = 'msdyn_octeamschannelconfig';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_octeamschannelconfig" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_octeamschannelconfig"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_octwitterapplication" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_octwitterapplication"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_octwitterapplicationid" AND objecttypecode = 'msdyn_octwitterapplication';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_octwitterapplication" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_octwitterapplication"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_octwitterhandle" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_octwitterhandle"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_octwitterhandleid" AND objecttypecode = 'msdyn_octwitterhandle';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_octwitterhandle" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_octwitterhandle"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocwechatchannelconfig" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocwechatchannelconfig"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocwechatchannelconfigid" AND objecttypecode = 'msdyn_ocwechatchannelconfig';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocwechatchannelconfig" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocwechatchannelconfig"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocwhatsappchannelaccount" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocwhatsappchannelaccount"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocwhatsappchannelaccountid" AND objecttypecode = 'msdyn_ocwhatsappchannelaccount';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocwhatsappchannelaccount" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocwhatsappchannelaccount"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_ocwhatsappchannelnumber" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_ocwhatsappchannelnumber"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_ocwhatsappchannelnumberid" AND objecttypecode = 'msdyn_ocwhatsappchannelnumber';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_ocwhatsappchannelnumber" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_ocwhatsappchannelnumber"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_omnichannelconfiguration" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_omnichannelqueue" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_omnichannelqueue"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_omnichannelqueueid" AND objecttypecode = 'msdyn_omnichannelqueue';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_omnichannelqueue" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_omnichannelqueue"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_operatinghour" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_operatinghour"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_operatinghourid" AND objecttypecode = 'msdyn_operatinghour';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_operatinghour" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_operatinghour"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_overflowactionconfig" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_overflowactionconfig"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_overflowactionconfigid" AND objecttypecode = 'msdyn_overflowactionconfig';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_overflowactionconfig" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_overflowactionconfig"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_personalmessage" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_personalmessage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_personalmessageid" AND objecttypecode = 'msdyn_personalmessage';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_personalmessage" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_personalmessage"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_presence" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_questionsequence" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_questionsequence"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_questionsequenceid" AND objecttypecode = 'msdyn_questionsequence';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_questionsequence" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_questionsequence"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_routingconfiguration" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_routingconfiguration"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_routingconfigurationid" AND objecttypecode = 'msdyn_routingconfiguration';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_routingconfiguration" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_routingconfiguration"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_routingconfigurationstep" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_routingconfigurationstep"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_routingconfigurationstepid" AND objecttypecode = 'msdyn_routingconfigurationstep';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_routingconfigurationstep" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_routingconfigurationstep"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_sessionevent" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_sessionevent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_sessioneventid" AND objecttypecode = 'msdyn_sessionevent';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_sessionevent" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_sessionevent"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_sessionparticipant" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_sessionparticipant"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_sessionparticipantid" AND objecttypecode = 'msdyn_sessionparticipant';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_sessionparticipant" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_sessionparticipant"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_surveyquestion" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_surveyquestion"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_surveyquestionid" AND objecttypecode = 'msdyn_surveyquestion';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_surveyquestion" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_surveyquestion"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."msdyn_transcript" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_msdyn_transcript"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data."annotation" WHERE "objectid" = OLD."msdyn_transcriptid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."msdyn_transcriptid" AND objecttypecode = 'msdyn_transcript';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."msdyn_transcript" FOR EACH ROW EXECUTE FUNCTION data."after_delete_msdyn_transcript"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."organization" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."parley_routingdecision" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."principalobjectaccess" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."privilege" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."queue" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_queue"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE data."activityparty" SET "partyid" = NULL, "partyid_table" = NULL WHERE "partyid" = OLD."queueid";
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."queueid" AND objecttypecode = 'queue';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."queue" FOR EACH ROW EXECUTE FUNCTION data."after_delete_queue"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."queueitem" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."queuemembership" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."ratingmodel" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_ratingmodel"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."ratingmodelid" AND objecttypecode = 'ratingmodel';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."ratingmodel" FOR EACH ROW EXECUTE FUNCTION data."after_delete_ratingmodel"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."ratingvalue" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_ratingvalue"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."ratingvalueid" AND objecttypecode = 'ratingvalue';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."ratingvalue" FOR EACH ROW EXECUTE FUNCTION data."after_delete_ratingvalue"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."role" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."roleprivileges" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."socialprofile" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_socialprofile"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."socialprofileid" AND objecttypecode = 'socialprofile';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."socialprofile" FOR EACH ROW EXECUTE FUNCTION data."after_delete_socialprofile"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."systemuser" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_systemuser"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE data."activityparty" SET "partyid" = NULL, "partyid_table" = NULL WHERE "partyid" = OLD."systemuserid";
  UPDATE data."queueitem" SET "workerid" = NULL, "workerid_table" = NULL WHERE "workerid" = OLD."systemuserid";
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."systemuser" FOR EACH ROW EXECUTE FUNCTION data."after_delete_systemuser"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."systemuserroles" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."task" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_task"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM data.principalobjectaccess WHERE objectid = OLD."activityid" AND objecttypecode = 'task';
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."task" FOR EACH ROW EXECUTE FUNCTION data."after_delete_task"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."team" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE FUNCTION data."after_delete_team"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE data."queueitem" SET "workerid" = NULL, "workerid_table" = NULL WHERE "workerid" = OLD."teamid";
  RETURN NULL;
END $$;

CREATE TRIGGER after_delete AFTER DELETE ON data."team" FOR EACH ROW EXECUTE FUNCTION data."after_delete_team"();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."teammembership" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."teamroles" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."transactioncurrency" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE TRIGGER touch_row_version BEFORE UPDATE ON data."usersettings" FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();

CREATE VIEW data."activitypointer" AS
SELECT "activityadditionalparams", "activityid", "actualdurationminutes", "actualend", "actualstart", "community", "deliveryprioritycode", "description", "exchangeitemid", "exchangeweblink", "isbilled", "ismapiprivate", "isworkflowcreated", "lastonholdtime", "leftvoicemail", "ownerid", "ownerid_table", "prioritycode", "processid", "regardingobjectid", "regardingobjectid_table", "regardingobjectidname", "regardingobjectidyominame", "scheduleddurationminutes", "scheduledend", "scheduledstart", "slaid", "sortdate", "stageid", "statecode", "statuscode", "subject", "timezoneruleversionnumber", "transactioncurrencyid", "traversedpath", "utcconversiontimezonecode", 'msdyn_ocliveworkitem'::text COLLATE data.ci AS "activitytypecode", "createdby", "createdon", "createdonbehalfby", "deliverylastattemptedon", "descriptionblobid", "descriptionblobid_name", "exchangerate", "formattedscheduledend", "formattedscheduledstart", "instancetypecode", "isregularactivity", "modifiedby", "modifiedon", "modifiedonbehalfby", "onholdtime", "owningbusinessunit", "postponeactivityprocessinguntil", "sendermailboxid", "senton", "seriesid", "slainvokedid", "versionnumber" FROM data."msdyn_ocliveworkitem"
UNION ALL
SELECT "activityadditionalparams", "activityid", "actualdurationminutes", "actualend", "actualstart", "community", "deliveryprioritycode", "description", "exchangeitemid", "exchangeweblink", "isbilled", "ismapiprivate", "isworkflowcreated", "lastonholdtime", "leftvoicemail", "ownerid", "ownerid_table", "prioritycode", "processid", "regardingobjectid", "regardingobjectid_table", "regardingobjectidname", "regardingobjectidyominame", "scheduleddurationminutes", "scheduledend", "scheduledstart", "slaid", "sortdate", "stageid", "statecode", "statuscode", "subject", "timezoneruleversionnumber", "transactioncurrencyid", "traversedpath", "utcconversiontimezonecode", 'msdyn_ocsession'::text COLLATE data.ci AS "activitytypecode", "createdby", "createdon", "createdonbehalfby", "deliverylastattemptedon", "descriptionblobid", "descriptionblobid_name", "exchangerate", "formattedscheduledend", "formattedscheduledstart", "instancetypecode", "isregularactivity", "modifiedby", "modifiedon", "modifiedonbehalfby", "onholdtime", "owningbusinessunit", "postponeactivityprocessinguntil", "sendermailboxid", "senton", "seriesid", "slainvokedid", "versionnumber" FROM data."msdyn_ocsession"
UNION ALL
SELECT "activityadditionalparams", "activityid", "actualdurationminutes", "actualend", "actualstart", "community", "deliveryprioritycode", "description", "exchangeitemid", "exchangeweblink", "isbilled", "ismapiprivate", "isworkflowcreated", "lastonholdtime", "leftvoicemail", "ownerid", "ownerid_table", "prioritycode", "processid", "regardingobjectid", "regardingobjectid_table", "regardingobjectidname", "regardingobjectidyominame", "scheduleddurationminutes", "scheduledend", "scheduledstart", "slaid", "sortdate", "stageid", "statecode", "statuscode", "subject", "timezoneruleversionnumber", "transactioncurrencyid", "traversedpath", "utcconversiontimezonecode", 'task'::text COLLATE data.ci AS "activitytypecode", "createdby", "createdon", "createdonbehalfby", "deliverylastattemptedon", "descriptionblobid", "descriptionblobid_name", "exchangerate", "formattedscheduledend", "formattedscheduledstart", "instancetypecode", "isregularactivity", "modifiedby", "modifiedon", "modifiedonbehalfby", "onholdtime", "owningbusinessunit", "postponeactivityprocessinguntil", "sendermailboxid", "senton", "seriesid", "slainvokedid", "versionnumber" FROM data."task";
