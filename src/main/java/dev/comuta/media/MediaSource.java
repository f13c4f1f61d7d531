package dev.comuta.media;

import dev.comuta.platform.http.UrlSource;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Predicate;

/** Port: where a provider's files are. Each room of a provider whose messages have files implements it. */
public interface MediaSource {

    /** The stored name of the provider. */
    String provider();

    /** Most bytes that the provider accepts in any file. */
    default long limit() {
        return FileKind.DOCUMENT.limit();
    }

    /**
     * Finds the address of a file. It is called again for every attempt, and once more when the address that it returned
     * answers 401, 403 or 404, because addresses expire.
     *
     * @return fails with a {@link dev.comuta.platform.problem.TransientFailure} when the provider does not answer, and
     *     with a {@link dev.comuta.platform.problem.PermanentFailure} when the file can never be read
     */
    Uni<MediaLocation> locate(RemoteFile file);

    /** A file at a provider. */
    record RemoteFile(long clientId, long channelId, MediaRef ref) {}

    /**
     * The redirects of an address that are followed.
     *
     * @param most the largest number, one after the other
     * @param hosts the other hosts to which they may lead, in lower case; the same host is always allowed
     */
    record Redirects(int most, Predicate<String> hosts) {

        public static final Redirects NONE = new Redirects(0, host -> false);

        Redirects next() {
            return new Redirects(most - 1, hosts);
        }
    }

    /**
     * The address of a file.
     *
     * @param headers credentials; a redirect to another host does not get them
     * @param source decides which addresses the URL may reach; a redirect to another host may reach those of the client
     * @param otherForm the address of another form of the file, when the provider answers 400 because it has not the
     *     first one; null for none
     */
    record MediaLocation(
            String url, Map<String, String> headers, UrlSource source, Redirects redirects, String otherForm) {

        /** A file of one form. */
        public MediaLocation(String url, Map<String, String> headers, UrlSource source, Redirects redirects) {
            this(url, headers, source, redirects, null);
        }

        MediaLocation inOtherForm() {
            return new MediaLocation(otherForm, headers, source, redirects, null);
        }

        @Override
        public String toString() {
            return "MediaLocation[" + source + "]";
        }
    }
}
