package dev.comuta.call.summary;

import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The outcomes of calls that a client has. */
@Schema(name = "CallOutcomes", description = "How calls of a client may end.")
record CallOutcomes(
        @Size(max = 30)
        @Schema(description = "The outcomes, at most 30; null, or left out, for the usual ones, and empty for none")
        List<@NotNull @Valid CallOutcome> outcomes) {

    /** Those of a client that has chosen none. */
    static final CallOutcomes USUAL = new CallOutcomes(
            Stream.of("Visita marcada", "Retorno", "Proposta", "Sem interesse", "Número errado", "Outro")
                    .map(name -> new CallOutcome(name, null))
                    .toList());

    /** Fails as invalid when an outcome is there twice; the case of letters does not count. */
    void requireValid() {
        if (outcomes == null) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (!names.add(outcomes.get(i).outcome().strip().toLowerCase(Locale.ROOT))) {
                throw Problem.invalid("outcomes[" + i + "].outcome", "is there twice");
            }
        }
    }

    /** Fails as invalid when this is not one of the outcomes. */
    void requireHas(String field, String name) {
        if (outcomes.stream().noneMatch(each -> each.outcome().equals(name))) {
            throw Problem.invalid(field, "is not an outcome of this client");
        }
    }
}
