/**
 * Kinds of files, which are recognized by their first bytes.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: client
 * </ul>
 */
package dev.comuta.media;
