/**
 * What the resources of the API share: problems, paging, changes with ETag and If-Match, filters, phone numbers.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.rest.RowConstraints}
 * </ul>
 */
package dev.comuta.platform.rest;
