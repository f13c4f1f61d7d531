package dev.comuta.call.recording;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallProvider;
import dev.comuta.call.CallReport;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.ProviderCall;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A provider that keeps recordings and makes no calls. */
public final class RecordingProvider implements CallProvider {

    /** The provider's ids of the deleted recordings. */
    public final List<String> deleted = new ArrayList<>();

    private final Provider provider;

    public RecordingProvider(String provider) {
        this.provider = Provider.of(provider);
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public Duration requestLimit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<String> dial(OutgoingCall call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<String> find(OutgoingCall call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<CallReport> ask(ProviderCall call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean supports(CallCommand command) {
        return false;
    }

    @Override
    public Uni<Void> command(ProviderCall call, CallCommand command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean keepsRecordings() {
        return true;
    }

    @Override
    public Uni<Void> deleteRecording(OutboundChannel channel, String providerRecordingId) {
        deleted.add(providerRecordingId);
        return Uni.createFrom().voidItem();
    }
}
