/** Columns of `systemuser` that assignment rules may ask for, as `agent.<column>`. */
export const agentAttributes: readonly string[] = [
  'fullname',
  'jobtitle',
  'title',
  'employeeid',
  'internalemailaddress',
  'businessunitid',
  'parentsystemuserid',
  'skills',
  'address1_city',
  'address1_stateorprovince',
  'address1_postalcode',
  'address1_country',
];
