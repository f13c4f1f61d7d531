package dev.comuta.call.transfer;

import dev.comuta.call.CallRef;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.hook.Detour;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.transfer.TransferSteps.Place;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The steps of a call that is transferred. */
@ApplicationScoped
class TransferDetour implements Detour {

    private static final List<Verb> HANG_UP = List.of(new Hangup());

    private final Transactions transactions;
    private final Transfers transfers;
    private final TransferStore store;
    private final CallsAtProvider found;
    private final WayBack back;

    TransferDetour(
            Transactions transactions, Transfers transfers, TransferStore store, CallsAtProvider found, WayBack back) {
        this.transactions = transactions;
        this.transfers = transfers;
        this.store = store;
        this.found = found;
        this.back = back;
    }

    /** A transfer and its call. */
    private record Known(StoredCall call, StoredTransfer transfer) {}

    @Override
    public boolean owns(String position) {
        return TransferSteps.place(position) != null;
    }

    @Override
    public Uni<List<Verb>> dialed(CallRef call, Hook hook, boolean bridged) {
        Place place = TransferSteps.place(hook.position());
        TransferNews news = bridged ? TransferNews.LEFT : TransferNews.UNANSWERED;
        return transactions.statementsInTenant(call.clientId(), tx -> (place.isBack()
                        ? store.get(tx, call.clientId(), place.transferId())
                        : transfers.report(tx, call, place.transferId(), news))
                .chain(transfer -> known(tx, call, transfer))
                .chain(known -> next(tx, known, place, bridged)));
    }

    private Uni<Known> known(Tx tx, CallRef call, StoredTransfer transfer) {
        return found.get(tx, call).map(stored -> new Known(stored.call(), transfer));
    }

    /** After a conversation the call ends. A transfer that was canceled has moved the end user elsewhere. */
    private Uni<List<Verb>> next(Tx tx, Known known, Place place, boolean bridged) {
        boolean ended = bridged || known.transfer().status() == TransferStatus.COMPLETED;
        if (place.isBack()) {
            return bridged ? Uni.createFrom().item(HANG_UP) : back.afterAll(tx, known.call());
        }
        return ended ? Uni.createFrom().item(HANG_UP) : back.steps(tx, known.call(), known.transfer());
    }

    @Override
    public Uni<List<Verb>> confirm(CallRef call, Hook hook) {
        Place place = TransferSteps.place(hook.position());
        return transactions.statementsInTenant(call.clientId(), tx -> (place.isBack()
                        ? store.get(tx, call.clientId(), place.transferId())
                        : transfers.report(tx, call, place.transferId(), TransferNews.ANSWERED))
                .chain(transfer -> known(tx, call, transfer))
                .map(known -> question(known, hook, place)));
    }

    private static List<Verb> question(Known known, Hook hook, Place place) {
        boolean isOver = known.call().state().status().isFinal()
                || (!place.isBack() && known.transfer().status().isFinal());
        return isOver ? CallFlow.gone() : TransferSteps.question(known.call(), known.transfer(), hook, place.isBack());
    }

    /** Without steps the provider connects the two. */
    @Override
    public Uni<List<Verb>> confirmed(CallRef call, Hook hook, boolean accepted) {
        Place place = TransferSteps.place(hook.position());
        if (place.isBack()) {
            return Uni.createFrom().item(accepted ? List.of() : HANG_UP);
        }
        return (accepted
                        ? transfers.report(call, place.transferId(), TransferNews.ACCEPTED, TransferNews.BRIDGED)
                        : transfers.report(call, place.transferId(), TransferNews.DECLINED))
                .map(transfer ->
                        transfer.status() == TransferStatus.BRIDGED ? List.of() : accepted ? CallFlow.gone() : HANG_UP);
    }

    @Override
    public Uni<Void> leg(CallRef call, Hook hook, CallNews news) {
        Place place = TransferSteps.place(hook.position());
        boolean rings = news.status() == CallStatus.RINGING;
        return place.isBack() || !rings
                ? Uni.createFrom().voidItem()
                : transfers.report(call, place.transferId(), TransferNews.RINGS).replaceWithVoid();
    }
}
