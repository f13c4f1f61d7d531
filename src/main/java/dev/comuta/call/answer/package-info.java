/**
 * What a provider is to do with a call: steps, and their two written forms, a JSON array of verbs (jambonz) and TwiML.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.call.answer.HookUrls}
 * </ul>
 */
package dev.comuta.call.answer;
