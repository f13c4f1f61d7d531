/**
 * Try-outs: an assistant or a tool is called once with data of the request. They store nothing and call their port
 * outside any transaction, within 5 seconds.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.assistant.tryout;
