/**
 * What the API description gets beyond the annotations: introduction, problems, examples.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.openapi;
