/**
 * Calls of end users and of the company, over all providers: their state, their telephones, and the questions to
 * providers that keep them true.
 *
 * <ul>
 *   <li>Tables: Calls, CallLegs, CallOutcomes, CallPlans, CallRecordings, CallRules, CallSummaries, CallTalks,
 *       CallTransfers
 *   <li>Events: 'ChamadaRecebida', 'ChamadaConectada', 'ChamadaEncerrada', 'ChamadaPerdida', 'ChamadaTransferida',
 *       'GravaçãoDisponível', 'RetornoVencido', 'LigaçãoResumida'
 *   <li>Ports: {@link dev.comuta.call.CallProvider}, {@link dev.comuta.call.CallListener},
 *       {@link dev.comuta.call.DialRule}, {@link dev.comuta.call.RecordingListener}
 *   <li>Uses: message, assistant
 * </ul>
 */
package dev.comuta.call;
