package dev.comuta.platform;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The first entry at which a chain does not hold.
 *
 * @param kind 'Removida', 'Alterada' or 'Deslocada'
 * @param sequence the place in the chain
 * @param auditId the entry that stands there; null when none does
 */
@Schema(name = "AuditFault")
record AuditFault(@Schema(examples = "Alterada") String kind, long sequence, Long auditId) {}
