/**
 * Columns of the two conversation tables that follow from the engine's state and are not written by hand while it holds the
 * conversation, and what to use instead (behaviour reference, section 1.6; the reasons of a status are part of the state).
 */

const assign = 'use CCaaS_AssignConversation or CCaaS_InitiateAgentTransfer';
const move = 'use CCaaS_InitiateQueueAssignment or CCaaS_InitiateQueueTransfer';
const fixed = 'it is set when the conversation starts and stays';
const derived = 'it follows from what happens in the conversation';

export const keptColumns: Readonly<Record<string, string>> = {
  ownerid: assign,
  msdyn_activeagentid: assign,
  msdyn_activeagentassignedon: assign,
  msdyn_activesessionparticipantid: assign,
  msdyn_queueid: move,
  msdyn_cdsqueueid: move,
  msdyn_queueitemid: move,
  msdyn_channel: fixed,
  msdyn_createdon: fixed,
  msdyn_initiatedon: fixed,
  msdyn_isoutbound: fixed,
  msdyn_liveworkstreamid: fixed,
  msdyn_ocliveworkitemid: fixed,
  msdyn_subject: fixed,
  msdyn_title: fixed,
  msdyn_workstreamworkdistributionmode: fixed,
  subject: fixed,
  msdyn_closedon: derived,
  msdyn_customerlanguageid: derived,
  msdyn_customerlocale: derived,
  msdyn_customersentimentlabel: derived,
  msdyn_effortpredictionresult: derived,
  msdyn_escalationcount: derived,
  msdyn_lastsessionid: derived,
  msdyn_modifiedon: derived,
  msdyn_oclastsessionid: derived,
  msdyn_overflowtransfercount: derived,
  msdyn_startedon: derived,
  msdyn_statereason: derived,
  msdyn_statuschangereason: derived,
  msdyn_statusupdatedon: derived,
  msdyn_transfercount: derived,
  msdyn_urcustomersentimentkeywords: derived,
  msdyn_urcustomersentimentlabel: derived,
  msdyn_urcustomersentimentscore: derived,
  msdyn_wrapupinitiatedon: derived,
};
