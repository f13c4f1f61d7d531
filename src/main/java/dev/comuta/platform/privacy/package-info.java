/**
 * Ports for owners of personal data: export, erasure and retention.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.privacy.PersonalData}, {@link dev.comuta.platform.privacy.RetentionRule}
 * </ul>
 */
package dev.comuta.platform.privacy;
