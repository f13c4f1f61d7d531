package dev.comuta.platform.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether an audit is as it was written.
 *
 * @param holds whether no entry was changed, removed or moved
 * @param entries how many the chain has
 * @param head hash of the last one; who keeps it elsewhere sees whether the whole chain was written anew
 * @param fault what is wrong with the first entry that is wrong: 'Removida', 'Alterada' or 'Deslocada'; null when none is
 * @param faultySequence its place in the chain; null when none is wrong
 * @param faultyAuditId the entry that stands there; null when none does
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
