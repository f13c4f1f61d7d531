package dev.comuta.platform.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of verifying an audit chain.
 *
 * @param holds whether no entry was changed, removed or moved
 * @param entries the number of entries in the chain
 * @param head hash of the last entry; a copy kept elsewhere detects that the whole chain was rewritten
 * @param fault the first fault: 'Removida', 'Alterada' or 'Deslocada'; null when there is none
 * @param faultySequence position of the fault in the chain; null when there is none
 * @param faultyAuditId the entry at that position; null when there is none
 */
@Schema(name = "AuditVerification")
record AuditVerification(
        boolean holds,
        long entries,

        @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String head,

        @Schema(examples = "Alterada") String fault,
        Long faultySequence,
        Long faultyAuditId) {}
