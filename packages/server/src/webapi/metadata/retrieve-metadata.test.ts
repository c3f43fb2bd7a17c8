/** The metadata endpoints as a client asks for them: URL in, JSON out. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { parseQueryOptions, parseResourcePath } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { loadTableModel } from '../../model/load-table-model.ts';
import { stableGuid } from '../../model/stable-guid.ts';
import type { TableModel } from '../../model/table-model.ts';
import { catalogOf } from './metadata-catalog.ts';
import { memberType, metadataTypes, navigationOf } from './metadata-types.ts';
import { isMetadataPath } from './resolve-metadata-path.ts';
import { retrieveMetadata } from './retrieve-metadata.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads JSON, without types.
type Json = any;

const apiRoot = 'https://host/api/data/v9.2';
const crm = 'Microsoft.Dynamics.CRM';
const liveConversation = "EntityDefinitions(LogicalName='msdyn_liveconversation')";

describe('retrieveMetadata', () => {
  let model: TableModel;

  before(async () => {
    model = await loadTableModel(new URL('../../../../../db/', import.meta.url));
  });

  /** The answer to a URL below the service root, after a round trip through JSON text. */
  function get(url: string): Json {
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    const parsedPath = parseResourcePath(path);
    const parsedOptions = parseQueryOptions(query);
    assert.ok(parsedPath.ok && parsedOptions.ok, `${url} is valid syntax`);
    const { body } = retrieveMetadata({
      model,
      path: parsedPath.value,
      options: parsedOptions.value,
      apiRoot,
      languageCode: 1033,
    });
    return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  }

  function refusal(url: string): { status: number; code: string; message: string } {
    try {
      get(url);
    } catch (error) {
      assert.ok(error instanceof WebApiError, String(error));
      return { status: error.definition.status, code: error.definition.code, message: error.message };
    }
    return assert.fail(`${url} was answered`);
  }

  const names = (body: Json, member = 'LogicalName'): string[] => body.value.map((item: Json) => item[member]);

  it('lists every table without paging, with the members that were selected and the identifier', () => {
    const body = get('EntityDefinitions?$select=EntitySetName,LogicalName');
    assert.equal(body['@odata.context'], `${apiRoot}/$metadata#EntityDefinitions(EntitySetName,LogicalName)`);
    assert.equal(body.value.length, model.tables.size);
    const conversation = body.value.find((item: Json) => item.LogicalName === 'msdyn_liveconversation');
    assert.deepEqual(conversation, {
      MetadataId: stableGuid('metadata:table:msdyn_liveconversation'),
      LogicalName: 'msdyn_liveconversation',
      EntitySetName: 'msdyn_liveconversations',
    });
  });

  it('gives the status options of the ongoing conversation with their state and labels', () => {
    const body = get(
      `${liveConversation}/Attributes(LogicalName='statuscode')/${crm}.StatusAttributeMetadata?$expand=OptionSet`,
    );
    assert.equal(
      body['@odata.context'],
      `${apiRoot}/$metadata#EntityDefinitions('msdyn_liveconversation')/Attributes/${crm}.StatusAttributeMetadata(OptionSet())/$entity`,
    );
    assert.equal(body['@odata.type'], undefined);
    assert.equal(body.OptionSet.OptionSetType, 'Status');
    assert.equal(body.OptionSet.IsGlobal, false);
    const closed = body.OptionSet.Options.find((option: Json) => option.Value === 4);
    assert.equal(closed.State, 3);
    assert.equal(closed['@odata.type'], `#${crm}.StatusOptionMetadata`);
    assert.equal(closed.Label.UserLocalizedLabel.Label, 'Closed');
    assert.equal(closed.Label.UserLocalizedLabel.LanguageCode, 1033);
    assert.deepEqual(closed.Label.LocalizedLabels, [closed.Label.UserLocalizedLabel]);
    assert.deepEqual(closed.Description, { LocalizedLabels: [], UserLocalizedLabel: null });
  });

  it('names the navigation properties of many-to-one relationships, customers one by one', () => {
    const body = get(`${liveConversation}/ManyToOneRelationships?$select=ReferencingEntityNavigationPropertyName`);
    const navigation = names(body, 'ReferencingEntityNavigationPropertyName');
    assert.ok(navigation.includes('msdyn_customer_msdyn_liveconversation_account'));
    assert.ok(navigation.includes('msdyn_customer_msdyn_liveconversation_contact'));
    assert.equal(new Set(navigation).size, navigation.length);
  });

  it('refuses string functions in a filter as not implemented', () => {
    const expected = {
      status: 501,
      code: '0x8006088a',
      message: `The "startswith" function isn't supported for Metadata Entities`,
    };
    assert.deepEqual(refusal("EntityDefinitions?$filter=startswith(LogicalName,'a')"), expected);
    assert.equal(refusal("EntityDefinitions?$filter=tolower(LogicalName) eq 'a'").status, 501);
    assert.equal(refusal("EntityDefinitions?$filter=IsActivity eq true and not contains(LogicalName,'a')").status, 501);
  });

  it('finds a table by name and by identifier with the same answer', () => {
    const byName = get("EntityDefinitions(LogicalName='account')");
    const byId = get(`EntityDefinitions(${byName.MetadataId})`);
    assert.deepEqual(byId, byName);
    assert.equal(byName['@odata.context'], `${apiRoot}/$metadata#EntityDefinitions/$entity`);
    assert.equal(byName.ObjectTypeCode, 1);
    assert.equal(byName.OwnershipType, 'UserOwned');
    assert.equal(byName.DisplayName.UserLocalizedLabel.Label, 'Account');
    assert.deepEqual(get("EntityDefinitions(LogicalName=@n)?@n='account'"), byName);
  });

  it('answers with the version that was asked for in every URL', () => {
    const path = parseResourcePath('EntityDefinitions');
    const options = parseQueryOptions('');
    assert.ok(path.ok && options.ok);
    const { body } = retrieveMetadata({
      model,
      path: path.value,
      options: options.value,
      apiRoot: 'https://h/api/data/v9.0',
      languageCode: 1033,
    });
    assert.equal(body?.['@odata.context'], 'https://h/api/data/v9.0/$metadata#EntityDefinitions');
  });

  it('names columns, tables, relationships and choices that do not exist in a 404', () => {
    for (const url of [
      "EntityDefinitions(LogicalName='nope')",
      `EntityDefinitions(${stableGuid('nothing')})`,
      `${liveConversation}/Attributes(LogicalName='nope')`,
      "RelationshipDefinitions(SchemaName='nope')",
      "GlobalOptionSetDefinitions(Name='nope')",
    ]) {
      assert.equal(refusal(url).status, 404, url);
      assert.equal(refusal(url).code, '0x80060888', url);
    }
    assert.match(
      refusal(`${liveConversation}/Attributes(LogicalName='nope')`).message,
      /AttributeMetadata with LogicalName = 'nope'/,
    );
  });

  it('refuses unknown segments, keys of the wrong kind, and abstract casts', () => {
    assert.deepEqual(refusal(`${liveConversation}/Nope`), {
      status: 404,
      code: '0x8006088a',
      message: "Resource not found for the segment 'Nope'.",
    });
    assert.equal(refusal(`${liveConversation}/Attributes/${crm}.EnumAttributeMetadata`).status, 404);
    assert.equal(refusal(`${liveConversation}/Attributes/${crm}.OptionSetMetadata`).status, 404);
    assert.equal(refusal("EntityDefinitions('account')").status, 400);
    assert.equal(refusal("EntityDefinitions(SchemaName='Account')").status, 400);
    assert.equal(refusal('EntityDefinitions/$count').status, 400);
    assert.equal(refusal('EntityDefinitions/Attributes').status, 404);
  });

  it('refuses a cast to a kind that the column is not, saying what it is', () => {
    const { status, message } = refusal(
      `${liveConversation}/Attributes(LogicalName='msdyn_title')/${crm}.PicklistAttributeMetadata`,
    );
    assert.equal(status, 404);
    assert.match(message, /StringAttributeMetadata/);
  });

  it('marks each column with its kind, unless a cast says it already', () => {
    const all = get(`${liveConversation}/Attributes?$select=LogicalName`);
    assert.equal(
      all['@odata.context'],
      `${apiRoot}/$metadata#EntityDefinitions('msdyn_liveconversation')/Attributes(LogicalName)`,
    );
    assert.equal(all.value.length, 59);
    const kindOf = Object.fromEntries(all.value.map((item: Json) => [item.LogicalName, item['@odata.type']]));
    assert.equal(kindOf['statecode'], `#${crm}.StateAttributeMetadata`);
    assert.equal(kindOf['msdyn_customer'], `#${crm}.LookupAttributeMetadata`);
    assert.equal(kindOf['msdyn_channel'], `#${crm}.MultiSelectPicklistAttributeMetadata`);
    assert.equal(kindOf['msdyn_liveconversationid'], `#${crm}.UniqueIdentifierAttributeMetadata`);
    const cast = get(`${liveConversation}/Attributes/${crm}.DateTimeAttributeMetadata?$select=LogicalName,Format`);
    assert.ok(cast.value.length > 0);
    for (const item of cast.value) {
      assert.equal(item['@odata.type'], undefined);
      assert.ok(item.Format === 'DateAndTime' || item.Format === 'DateOnly', item.LogicalName);
    }
  });

  it('gives every kind the members that clients depend on', () => {
    const column = (table: string, name: string) =>
      get(`EntityDefinitions(LogicalName='${table}')/Attributes(LogicalName='${name}')`);
    assert.deepEqual(column('msdyn_liveconversation', 'msdyn_title').AttributeTypeName, { Value: 'StringType' });
    assert.equal(column('msdyn_liveconversation', 'msdyn_title').MaxLength, 100);
    assert.deepEqual(column('msdyn_liveconversation', 'msdyn_customer').Targets, ['account', 'contact']);
    assert.equal(column('msdyn_liveconversation', 'msdyn_customer').AttributeType, 'Customer');
    assert.equal(column('msdyn_liveconversation', 'msdyn_transfercount').MinValue, 0);
    assert.equal(column('account', 'exchangerate').Precision, 12);
    assert.equal(column('account', 'creditlimit').AttributeTypeName.Value, 'MoneyType');
    assert.equal(column('contact', 'birthdate').DateTimeBehavior.Value, 'DateOnly');
    assert.deepEqual(column('account', 'name').RequiredLevel.Value, 'ApplicationRequired');
    assert.equal(column('account', 'ownerid').AttributeType, 'Owner');
    assert.equal(column('account', 'createdon').IsValidForCreate, false);
    assert.equal(column('account', 'name').IsPrimaryName, true);
  });

  it('writes 64-bit limits exactly', () => {
    const body = JSON.stringify(catalogOf(model, 1033).listSet('EntityDefinitions')?.[0]?.navigation['Attributes']?.());
    assert.match(body, /"LogicalName":"versionnumber".*"MinValue":-9223372036854775808,"MaxValue":9223372036854775807/);
  });

  it('writes decimal limits without an exponent', () => {
    const account = catalogOf(model, 1033)
      .listSet('EntityDefinitions')
      ?.find((table) => table.members['LogicalName'] === 'account');
    assert.match(JSON.stringify(account?.navigation['Attributes']?.()), /"MinValue":0\.000000000001,/);
  });

  it('tells companion columns by the lookup they belong to', () => {
    const name = get(`${liveConversation}/Attributes(LogicalName='owneridname')`);
    assert.equal(name.AttributeOf, 'ownerid');
    assert.equal(name.IsLogical, true);
    assert.equal(name.IsValidForUpdate, false);
    assert.equal(name.IsValidODataAttribute, false);
    assert.equal(get(`${liveConversation}/Attributes(LogicalName='ownerid')`).AttributeOf, null);
  });

  it('expands the columns of a choice kind with nested selects, and says so in the context', () => {
    const table = "EntityDefinitions(LogicalName='queue')";
    const body = get(
      `${table}/Attributes(LogicalName='msdyn_queuetype')/${crm}.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet`,
    );
    assert.match(
      body['@odata.context'],
      /PicklistAttributeMetadata\(LogicalName,OptionSet\(Options\),GlobalOptionSet\(\)\)\/\$entity$/,
    );
    assert.deepEqual(Object.keys(body.OptionSet), ['MetadataId', 'Options']);
    assert.equal(body.OptionSet.MetadataId, body.GlobalOptionSet.MetadataId);
    assert.equal(body.GlobalOptionSet.IsGlobal, true);
    const local = get(
      `${liveConversation}/Attributes(LogicalName='msdyn_customersentimentlabel')/${crm}.PicklistAttributeMetadata?$expand=GlobalOptionSet`,
    );
    assert.equal(local.GlobalOptionSet, null);
  });

  it('leads to a choice by path, and to nothing where a column shares none', () => {
    const column = `${liveConversation}/Attributes(LogicalName='statecode')/${crm}.StateAttributeMetadata`;
    const body = get(`${column}/OptionSet?$select=Options`);
    assert.equal(
      body['@odata.context'],
      `${apiRoot}/$metadata#EntityDefinitions('msdyn_liveconversation')/Attributes('statecode')/${crm}.StateAttributeMetadata/OptionSet(Options)/$entity`,
    );
    assert.equal(body.Options[0].InvariantName, 'Open');
    assert.equal(body.Options[0].DefaultStatus, 1);
    assert.equal(get(`${column}/GlobalOptionSet`), undefined);
  });

  it('shows yes-no choices as a true and a false option', () => {
    const body = get(
      `EntityDefinitions(LogicalName='account')/Attributes/${crm}.BooleanAttributeMetadata?$select=LogicalName&$expand=OptionSet`,
    );
    for (const item of body.value) {
      assert.equal(item.OptionSet.TrueOption.Value, 1, item.LogicalName);
      assert.equal(item.OptionSet.FalseOption.Value, 0, item.LogicalName);
      assert.equal('Options' in item.OptionSet, false);
    }
  });

  it('filters by text, number, truth, identifier, enumeration and values inside members', () => {
    assert.deepEqual(names(get("EntityDefinitions?$filter=LogicalName eq 'account' or ObjectTypeCode eq 2")), [
      'account',
      'contact',
    ]);
    const activities = names(get('EntityDefinitions?$filter=IsActivity')).sort();
    assert.deepEqual(activities, ['activitypointer', 'msdyn_ocliveworkitem', 'msdyn_ocsession', 'task']);
    assert.deepEqual(names(get(`EntityDefinitions?$filter=MetadataId eq ${stableGuid('metadata:table:queue')}`)), [
      'queue',
    ]);
    const organisation = get(
      `EntityDefinitions?$filter=OwnershipType eq ${crm}.OwnershipTypes'OrganizationOwned' and not (IsCustomEntity eq true)`,
    );
    assert.ok(names(organisation).includes('organization'));
    assert.equal(names(organisation).includes('msdyn_presence'), false);
    const required = get(
      `EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName&$filter=RequiredLevel/Value eq ${crm}.AttributeRequiredLevel'ApplicationRequired'`,
    );
    assert.deepEqual(names(required), ['name']);
    assert.deepEqual(names(get('EntityDefinitions?$filter=CanCreateAttributes/Value eq true')), []);
    assert.ok(names(get('EntityDefinitions?$filter=PrimaryNameAttribute eq null')).includes('teammembership'));
    assert.deepEqual(names(get("EntityDefinitions?$filter=LogicalName eq @n&@n='queue'")), ['queue']);
    assert.deepEqual(names(get("EntityDefinitions?$filter=DisplayName/UserLocalizedLabel/Label eq 'Case'")), [
      'incident',
    ]);
  });

  it('refuses filters that do not fit, naming the member or the types', () => {
    assert.match(
      refusal("EntityDefinitions?$filter=LogicalNam eq 'a'").message,
      /'LogicalNam' on type 'Microsoft\.Dynamics\.CRM\.EntityMetadata'.*'LogicalName'/,
    );
    assert.match(refusal('EntityDefinitions?$filter=LogicalName eq 1').message, /'Edm\.String' and 'Edm\.Int32'/);
    assert.match(
      refusal("EntityDefinitions?$filter=OwnershipType eq 'UserOwned'").message,
      /OwnershipTypes' and 'Edm\.String'/,
    );
    assert.match(refusal(`EntityDefinitions?$filter=OwnershipType eq ${crm}.OwnershipTypes'Nobody'`).message, /Nobody/);
    assert.match(
      refusal("EntityDefinitions?$filter=LogicalName/Value eq 'a'").message,
      /'LogicalName' of EntityMetadata holds a plain value/,
    );
    assert.match(refusal('EntityDefinitions?$filter=ObjectTypeCode gt 5').message, /'gt'/);
    assert.match(refusal("EntityDefinitions?$filter=LogicalName in ('a','b')").message, /'in'/);
    assert.equal(refusal('EntityDefinitions?$filter=LogicalName').status, 400);
    assert.equal(refusal("GlobalOptionSetDefinitions?$filter=Name eq 'componentstate'").status, 400);
    assert.equal(refusal("EntityDefinitions(LogicalName='account')?$filter=IsActivity").status, 400);
  });

  it('refuses paging, sorting and counting, also inside an expand', () => {
    for (const option of [
      '$top=1',
      '$skip=1',
      '$orderby=LogicalName',
      '$count=true',
      '$apply=aggregate($count as n)',
      '$search=x',
    ]) {
      const { status, code, message } = refusal(`EntityDefinitions?${option}`);
      assert.deepEqual([status, code], [400, '0x80060888'], option);
      assert.ok(message.includes(option.split('=')[0] ?? ''), message);
    }
    assert.equal(refusal('EntityDefinitions?$expand=Attributes($top=1)').status, 400);
  });

  it('takes LabelLanguages and a wildcard select without changing the answer', () => {
    const plain = get("EntityDefinitions(LogicalName='account')");
    assert.deepEqual(get("EntityDefinitions(LogicalName='account')?LabelLanguages=1033"), plain);
    assert.deepEqual(get("EntityDefinitions(LogicalName='account')?$select=*"), plain);
  });

  it('expands columns, keys and relationships of a table with nested selects and filters', () => {
    const body = get(
      `EntityDefinitions(LogicalName='account')?$select=LogicalName&$expand=Attributes($select=LogicalName;$filter=AttributeType eq ${crm}.AttributeTypeCode'Money'),Keys($select=KeyAttributes),ManyToManyRelationships`,
    );
    assert.deepEqual(names({ value: body.Attributes }).sort(), ['creditlimit', 'revenue']);
    assert.deepEqual(body.Keys[0].KeyAttributes, ['accountnumber']);
    assert.deepEqual(body.ManyToManyRelationships, []);
    assert.match(
      body['@odata.context'],
      /#EntityDefinitions\(LogicalName,Attributes\(LogicalName\),Keys\(KeyAttributes\),ManyToManyRelationships\(\)\)\/\$entity$/,
    );
  });

  it('refuses to select or expand what the type lacks before a cast', () => {
    assert.match(refusal(`${liveConversation}/Attributes?$select=MaxLength`).message, /MaxLength.*AttributeMetadata/);
    assert.match(refusal(`${liveConversation}/Attributes?$expand=OptionSet`).message, /OptionSet/);
  });

  it('shows each relationship from both sides and by its schema name', () => {
    const fromMany = get("EntityDefinitions(LogicalName='account')/ManyToOneRelationships").value.find(
      (item: Json) => item.ReferencingEntityNavigationPropertyName === 'primarycontactid',
    );
    assert.equal(fromMany.ReferencedEntity, 'contact');
    assert.equal(fromMany.ReferencedAttribute, 'contactid');
    assert.equal(fromMany.ReferencingAttribute, 'primarycontactid');
    const fromOne = get("EntityDefinitions(LogicalName='contact')/OneToManyRelationships").value.find(
      (item: Json) => item.SchemaName === fromMany.SchemaName,
    );
    assert.deepEqual(fromOne, fromMany);
    const named = get(
      `RelationshipDefinitions(SchemaName='${fromMany.SchemaName}')/${crm}.OneToManyRelationshipMetadata`,
    );
    assert.equal(
      named['@odata.context'],
      `${apiRoot}/$metadata#RelationshipDefinitions/${crm}.OneToManyRelationshipMetadata/$entity`,
    );
    assert.deepEqual({ ...named, '@odata.context': undefined }, { '@odata.context': undefined, ...fromMany });
    assert.deepEqual(
      get(`RelationshipDefinitions(${fromMany.MetadataId})`)['@odata.type'],
      `#${crm}.OneToManyRelationshipMetadata`,
    );
  });

  it('lists relationships of one kind by a cast and filters them by its members', () => {
    const body = get(
      `RelationshipDefinitions/${crm}.ManyToManyRelationshipMetadata?$filter=IntersectEntityName eq 'systemuserroles'`,
    );
    assert.deepEqual(names(body, 'Entity1LogicalName'), ['systemuser']);
    assert.deepEqual(names(body, 'Entity2IntersectAttribute'), ['roleid']);
    const all = get('RelationshipDefinitions?$select=SchemaName');
    assert.equal(new Set(names(all, 'MetadataId')).size, all.value.length);
  });

  it('gives a shared choice every option that any of its columns offers', () => {
    const body = get("GlobalOptionSetDefinitions(Name='msdyn_streamsource')");
    assert.equal(body['@odata.type'], `#${crm}.OptionSetMetadata`);
    assert.ok(body.Options.some((option: Json) => option.Value === 192360000));
    assert.deepEqual(get(`GlobalOptionSetDefinitions(${body.MetadataId})`).Name, 'msdyn_streamsource');
    assert.ok(names(get('GlobalOptionSetDefinitions'), 'Name').includes('componentstate'));
  });

  it('calls custom only what a solution brought', () => {
    const isCustom = (table: string, column: string) =>
      get(`EntityDefinitions(LogicalName='${table}')/Attributes(LogicalName='${column}')`).IsCustomAttribute;
    assert.equal(isCustom('queue', 'msdyn_queuetype'), true);
    assert.equal(isCustom('activitypointer', 'descriptionblobid_name'), false);
    assert.equal(get("EntityDefinitions(LogicalName='msdyn_ocsession')").IsCustomEntity, true);
    assert.equal(get("RelationshipDefinitions(SchemaName='systemuserroles_association')").IsCustomRelationship, false);
    assert.equal(get("GlobalOptionSetDefinitions(Name='msdyn_streamsource')").IsCustomOptionSet, true);
    assert.equal(get("GlobalOptionSetDefinitions(Name='componentstate')").IsCustomOptionSet, false);
  });

  it('keeps what it built for a model', () => {
    assert.equal(catalogOf(model, 1033), catalogOf(model, 1033));
    assert.notEqual(catalogOf(model, 1033), catalogOf(model, 1031));
  });

  it('tells metadata paths from those of tables', () => {
    const isMetadata = (path: string) => {
      const parsed = parseResourcePath(path);
      return parsed.ok && isMetadataPath(parsed.value);
    };
    assert.equal(isMetadata("EntityDefinitions(LogicalName='account')"), true);
    assert.equal(isMetadata('accounts'), false);
    assert.equal(isMetadata('toString'), false);
    assert.equal(isMetadata(''), false);
  });

  it('holds exactly the members and navigation that $metadata declares for each kind', () => {
    const check = (record: Json) => {
      assert.equal(metadataTypes.get(record.type)?.isAbstract, false, record.type);
      for (const name of Object.keys(record.members))
        assert.ok(memberType(record.type, name), `${record.type}.${name}`);
      for (const [name, follow] of Object.entries<Json>(record.navigation)) {
        const declared = navigationOf(record.type, name);
        assert.ok(declared, `${record.type}.${name}`);
        for (const related of [follow()].flat()) if (related !== undefined) check(related);
      }
    };
    for (const set of ['EntityDefinitions', 'RelationshipDefinitions', 'GlobalOptionSetDefinitions']) {
      for (const record of catalogOf(model, 1033).listSet(set) ?? []) check(record);
    }
  });
});
