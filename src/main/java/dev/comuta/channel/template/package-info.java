/**
 * Templates of messages that a provider approved, as its catalogue shows them.
 *
 * <p>Providers list, create and delete them through {@link dev.comuta.channel.template.TemplateCatalogue}, always in a
 * task, and report changes through {@link dev.comuta.channel.template.TemplateReports}.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.channel.template.TemplateCatalogue}
 *   <li>Uses: alert
 * </ul>
 */
package dev.comuta.channel.template;
