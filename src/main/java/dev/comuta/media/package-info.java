/**
 * Files: their kinds, and how a kind is recognized by its first bytes.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: client
 * </ul>
 */
package dev.comuta.media;
