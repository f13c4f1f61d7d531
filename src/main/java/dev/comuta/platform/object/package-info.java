/**
 * Encrypted objects (files) outside the database, in a directory or in a store with the API of S3.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.object.ObjectStore}
 * </ul>
 */
package dev.comuta.platform.object;
