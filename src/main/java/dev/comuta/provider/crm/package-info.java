/**
 * The clients' own systems (CRMs and other HTTP APIs), asked as a tool's configuration says: method, URL template,
 * authentication, and where the values of the result stand in the answer. Implements
 * {@link dev.comuta.assistant.turn.ToolRunner}.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: assistant
 * </ul>
 */
package dev.comuta.provider.crm;
