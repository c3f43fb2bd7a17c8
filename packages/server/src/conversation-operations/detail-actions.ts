/** What is known about a conversation and may be set by hand: customer, case, context variables, skills asked for. */
import type { Customer, RequiredSkill } from '@parley/engine';
import type { JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { requireAccess } from '../security/caller.ts';
import { type Arguments, requireList } from '../webapi/operations/operation.ts';
import type { ComplexTypeDefinition, OperationParameter } from '../webapi/operations/operation-signature.ts';
import { rowArgument } from '../webapi/operations/row-argument.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import { requireRow } from '../webapi/write/links.ts';
import { writeContextOf } from '../webapi/write/write-rows.ts';
import { customerName } from './customer-name.ts';
import type { OperationFamily } from './operation-parts.ts';
import { contextVariables } from './parameters.ts';
import { type ConversationAction, conversationAction } from './run-command.ts';

const skillType: ComplexTypeDefinition = {
  name: 'parley_RequiredSkill',
  properties: [
    { name: 'SkillId', type: 'Edm.Guid' },
    // From 0 to 1 over the skill's rating model; null: any proficiency.
    { name: 'Rating', type: 'Edm.Double' },
  ],
};
const mostSkills = 50;
const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const row = (name: string): OperationParameter => ({ name, type: 'mscrm.crmbaseentity', nullable: true });

const actions: readonly ConversationAction[] = [
  {
    name: 'parley_SetCustomer',
    form: 'bound',
    for: 'agent',
    parameters: [row('Customer')],
    command: async ({ by, values, context }) => {
      const found = await linkedRow(context, values, 'Customer', ['contact', 'account']);
      if (found === null) return { kind: 'setCustomer', by, customer: null, customerName: null };
      const table = found.table === 'contact' ? 'contact' : 'account';
      const customer: Customer = { id: found.id, table };
      return { kind: 'setCustomer', by, customer, customerName: await customerName(context, customer) };
    },
  },
  {
    name: 'parley_SetCase',
    form: 'bound',
    for: 'agent',
    parameters: [row('Case')],
    command: async ({ by, values, context }) => ({
      kind: 'setCase',
      by,
      caseId: (await linkedRow(context, values, 'Case', ['incident']))?.id ?? null,
    }),
  },
  {
    name: 'parley_SetContext',
    form: 'bound',
    for: 'agent',
    parameters: [{ name: 'Context', type: 'Edm.String' }],
    command: ({ by, values }) => ({ kind: 'setContext', by, context: contextVariables(values, 'Context') }),
  },
  {
    name: 'parley_SetSkills',
    form: 'bound',
    for: 'agent',
    parameters: [{ name: 'Skills', type: 'Collection(mscrm.parley_RequiredSkill)' }],
    types: [skillType],
    command: async ({ by, values, context }) => ({
      kind: 'setSkills',
      by,
      skills: await requireSkills(context, requireList(values, 'Skills').map(readSkill)),
    }),
  },
];

export const detailActions: OperationFamily = (parts) => actions.map((action) => conversationAction(parts, action));

/** The row named by a parameter, which the caller must be able to read and to link to; null for none. */
async function linkedRow(
  context: RequestContext,
  values: Arguments,
  parameter: string,
  tables: readonly string[],
): Promise<{ readonly table: string; readonly id: string } | null> {
  const value = values.get(parameter) ?? null;
  if (value === null) return null;
  const write = writeContextOf(context);
  const found = await rowArgument(write, value, parameter, tables);
  for (const kind of ['Read', 'AppendTo'] as const)
    await requireRow(write, found.table, found.id, requireAccess(context.request.caller, found.table, kind));
  return { table: found.table.logicalName, id: found.id };
}

function readSkill(value: JsonValue): RequiredSkill {
  const members =
    value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'object' ? value.members : null;
  const id = members?.get('SkillId');
  if (typeof id !== 'string' || !guidPattern.test(id))
    throw new WebApiError('requestFault', { detail: "Each item of the parameter 'Skills' needs a SkillId, a GUID." });
  const given = members?.get('Rating') ?? null;
  if (given === null) return { skillId: id.toLowerCase() };
  const rating = typeof given === 'object' && 'kind' in given && given.kind === 'number' ? Number(given.text) : -1;
  if (!(rating >= 0 && rating <= 1))
    throw new WebApiError('requestFault', {
      detail: "The Rating of a skill in the parameter 'Skills' must be 0 to 1.",
    });
  return { skillId: id.toLowerCase(), rating };
}

/** @throws WebApiError rowNotFound for a skill that does not exist */
async function requireSkills(context: RequestContext, skills: readonly RequiredSkill[]): Promise<RequiredSkill[]> {
  if (skills.length > mostSkills)
    throw new WebApiError('requestFault', { detail: `The parameter 'Skills' holds more than ${mostSkills} skills.` });
  const bySkill = new Map(skills.map((skill) => [skill.skillId, skill]));
  const known = await context.executor.query(
    'SELECT characteristicid FROM data.characteristic WHERE characteristicid = ANY ($1::uuid[])',
    [[...bySkill.keys()]],
  );
  const ids = new Set(known.map(([id]) => id));
  for (const id of bySkill.keys())
    if (!ids.has(id)) throw new WebApiError('rowNotFound', { table: 'characteristic', id });
  return [...bySkill.values()];
}
