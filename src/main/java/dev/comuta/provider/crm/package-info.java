/**
 * The clients' own systems: CRMs and other HTTP APIs. A tool's configuration describes the call: method, URL template,
 * authentication, and the path of each value of the result. Implements
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
