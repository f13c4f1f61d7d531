package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsrfGuardTest {

    private static final long CLIENT = 7;
    private static final String NAME = "crm.example.com";

    private final AtomicInteger lookUps = new AtomicInteger();

    /** Addresses that are never allowed, one a line. */
    private static Stream<String> forbiddenAddresses() {
        return """
                0.0.0.0
                0.1.2.3
                10.0.0.1
                10.255.255.255
                100.64.0.1
                100.127.255.254
                100.100.100.200
                127.0.0.1
                127.1.2.3
                168.63.129.16
                169.254.0.1
                169.254.169.254
                169.254.170.2
                172.16.0.1
                172.31.255.255
                192.0.0.1
                192.0.0.192
                192.0.2.1
                192.88.99.1
                192.168.0.1
                192.168.255.255
                198.18.0.1
                198.19.255.255
                198.51.100.7
                203.0.113.9
                224.0.0.1
                239.255.255.250
                240.0.0.1
                255.255.255.255
                ::
                ::1
                ::7f00:1
                ::ffff:0:127.0.0.1
                64:ff9b::7f00:1
                64:ff9b::a9fe:a9fe
                64:ff9b::10.0.0.1
                64:ff9b::8.8.8.8
                64:ff9b:1::a00:1
                100::1
                2001::1
                2001:0:4136:e378:8000:63bf:3fff:fdd2
                2001:2::1
                2001:10::1
                2001:20::1
                2001:db8::1
                2002:7f00:1::
                2002:a00:1::1
                2002:c0a8:101::1
                3fff::1
                4000::1
                5f00::1
                fc00::1
                fd00:ec2::254
                fdff:ffff::1
                fe80::1
                febf::1
                fec0::1
                ff02::1
                ff0e::1""".lines();
    }

    /** URLs by which a client may try to reach such addresses. */
    private static Stream<String> forbiddenUrls() {
        Stream<String> spellings = """
                http://crm.example.com/
                HTTP://crm.example.com/
                ftp://crm.example.com/
                file:///etc/passwd
                gopher://crm.example.com/
                jar:https://crm.example.com!/
                //crm.example.com/
                crm.example.com
                https:crm.example.com
                https:///crm
                https://
                https://127.1/
                https://127.0.1/
                https://2130706433/
                https://017700000001/
                https://0x7f000001/
                https://0x7f.0.0.1/
                https://0X7F.0x0.0x0.0x1/
                https://0177.0.0.1/
                https://127.0.0.01/
                https://127.0.0.1./
                https://127.0.0.1.:443/
                https://0/
                https://3232235777/
                https://0xa9fea9fe/
                https://169.254.43518/
                https://1.2.3.256/
                https://256.256.256.256/
                https://[::1%25lo]/
                https://[fe80::1%25eth0]/
                https://[fe80::1%eth0]/
                https://[::ffff:127.0.0.1]/
                https://[::ffff:7f00:1]/
                https://[::FFFF:A9FE:A9FE]/
                https://[0:0:0:0:0:0:0:1]/
                https://[0000::0001]:8443/
                https://[::ffff:8.8.8.8]/
                https://[64:ff9b::169.254.169.254]/
                https://[::127.0.0.1]/
                https://user@crm.example.com/
                https://user:secret@crm.example.com/
                https://crm.example.com@127.0.0.1/
                https://crm.example.com%40127.0.0.1/
                https://127.0.0.1#@crm.example.com/
                https://127.0.0.1\\@crm.example.com/
                https://crm.example.com\\@127.0.0.1/
                https://localhost/
                https://LOCALHOST:8443/
                https://LocalHost./
                https://foo.localhost/
                https://printer.local/
                https://metadata.google.internal/computeMetadata/v1/
                https://METADATA.google.Internal./
                https://kubernetes.default.svc.cluster.local/
                https://ip-10-0-0-1.ec2.internal/
                https://db/
                https://comuta-postgres:5432/
                https://router.lan/
                https://1.0.0.127.in-addr.arpa/
                https://127。0。0。1/
                https://①②⑦.0.0.1/
                https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/
                https://xn--lcalhost-n2a./ x
                https://%31%32%37.0.0.1/
                https://127.0.0.1%00.example.com/
                https://127.0.0.1%2f@example.com/
                https://crm.example.com:0/
                https://crm.example.com:65536/
                https://crm..example.com/
                https://.example.com/
                https://-crm.example.com/
                https://crm.example.com/a b
                https://crm.example.com/\tx""".lines();
        return Stream.concat(spellings, forbiddenAddresses().map(SsrfGuardTest::written));
    }

    @ParameterizedTest
    @MethodSource("forbiddenUrls")
    void rejectsForbiddenUrlsAtRegistrationAndAtCall(String url) {
        SsrfGuard guard = guard(Set.of(), "93.184.215.14");

        Problem failure = assertThrows(Problem.class, () -> registered(guard, url));
        assertEquals(ProblemType.INVALID, failure.type());
        assertEquals("outboundUrl", failure.violations().getFirst().field());
        assertThrows(PermanentFailure.class, () -> called(guard, url));
        assertEquals(0, lookUps.get(), "nothing was looked up");
    }

    @ParameterizedTest
    @MethodSource("forbiddenAddresses")
    void rejectsNamesWhoseAddressIsNotPublic(String address) {
        assertThrows(PermanentFailure.class, () -> called(guard(Set.of(), address), "https://" + NAME + "/"));
    }

    @ParameterizedTest
    @MethodSource("forbiddenAddresses")
    void rejectsNamesWithOneAddressThatIsNotPublic(String address) {
        assertThrows(
                PermanentFailure.class,
                () -> called(guard(Set.of(), "93.184.215.14 " + address), "https://" + NAME + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://crm.example.com",
                "https://CRM.Example.COM./imoveis?bairro=x%20y#parte",
                "https://crm.example.com:8443/",
                "https://xn--imveis-zxa.example.com.br/",
                "https://local.example.com/",
                "https://127.0.0.1.nip.example.com/",
                "https://8.8.8.8/",
                "https://[2606:4700:4700::1111]/"
            })
    void acceptsPublicUrls(String url) {
        SsrfGuard guard = guard(Set.of(), "93.184.215.14");

        assertDoesNotThrow(() -> registered(guard, url));
        assertEquals(AddressScope.PUBLIC, AddressScope.of(called(guard, url).address()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1",
                "2a00:1450::1",
                "2001:200::1"
            })
    void acceptsNeighboursOfForbiddenRanges(String address) {
        assertEquals(AddressScope.PUBLIC, AddressScope.of(address(address)));
    }

    @Test
    void usesTheFirstAnswerWithoutASecondQuery() {
        Deque<String> answers = new ArrayDeque<>(List.of("93.184.215.14", "127.0.0.1", "169.254.169.254"));
        SsrfGuard guard = guard(host -> {
            lookUps.incrementAndGet();
            return Uni.createFrom().item(addresses(answers.remove()));
        });

        assertEquals(
                address("93.184.215.14"), called(guard, "https://" + NAME + "/").address());
        assertEquals(1, lookUps.get());
        assertThrows(PermanentFailure.class, () -> called(guard, "https://" + NAME + "/"), "the name leads here now");
    }

    @Test
    void allowsAListedHostInAPrivateNetworkOnly() {
        Set<String> listed = Set.of("crm", "10.1.2.3");

        assertEquals(
                address("10.1.2.3"),
                called(guard(listed, "10.1.2.3"), "https://crm/").address());
        assertEquals(
                address("10.1.2.3"),
                called(guard(listed, ""), "https://10.1.2.3/").address());
        assertThrows(PermanentFailure.class, () -> called(guard(listed, "10.1.2.3"), "https://" + NAME + "/"));
        assertThrows(PermanentFailure.class, () -> called(guard(listed, ""), "https://10.1.2.4/"));
        assertThrows(PermanentFailure.class, () -> called(guard(listed, "10.1.2.3"), "http://crm/"));
        for (String never : List.of("127.0.0.1", "169.254.169.254", "100.100.100.200", "fd00:ec2::254", "fe80::1")) {
            assertThrows(PermanentFailure.class, () -> called(guard(listed, never), "https://crm/"), never);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.localhost",
                "127.0.0.1",
                "::1",
                "169.254.169.254",
                "crm/x",
                "u@crm",
                "*.x.com",
                "",
                "crm:8080",
                "https://crm",
                "0x7f.1"
            })
    void rejectsAHostThatIsNeverAllowed(String host) {
        assertThrows(Problem.class, () -> guard(Set.of(), "").requireHost("hosts[0]", host));
    }

    @Test
    void normalizesListedNamesAndAddresses() {
        SsrfGuard guard = guard(Set.of(), "");

        assertEquals("crm.imobiliaria.local", guard.requireHost("hosts[0]", "CRM.Imobiliaria.LOCAL."));
        assertEquals("10.1.2.3", guard.requireHost("hosts[0]", "10.1.2.3"));
        assertEquals("fd12:3456::1", guard.requireHost("hosts[0]", "FD12:3456::1"));
    }

    @Test
    void failsTransientlyWhenNoNameServerAnswers() {
        SsrfGuard guard = guard(host -> Uni.createFrom().failure(new UnknownHostException(host)));

        assertThrows(TransientFailure.class, () -> called(guard, "https://" + NAME + "/"));
    }

    @Test
    void doesNotRevealTheAddressOfAName() {
        PermanentFailure failure = assertThrows(
                PermanentFailure.class, () -> called(guard(Set.of(), "10.9.8.7"), "https://" + NAME + "/"));

        assertTrue(!failure.getMessage().contains("10.9"), failure.getMessage());
    }

    private static void registered(SsrfGuard guard, String url) {
        guard.require(CLIENT, "outboundUrl", url).await().indefinitely();
    }

    private static SsrfGuard.Destination called(SsrfGuard guard, String url) {
        return guard.admit(CLIENT, url).await().indefinitely();
    }

    private SsrfGuard guard(Set<String> listed, String addresses) {
        HostResolver resolver = host -> {
            lookUps.incrementAndGet();
            return Uni.createFrom().item(addresses(addresses));
        };
        return new SsrfGuard(resolver, client -> Uni.createFrom().item(listed), OutboundSettings.production());
    }

    private static SsrfGuard guard(HostResolver resolver) {
        return new SsrfGuard(resolver, client -> Uni.createFrom().item(Set.of()), OutboundSettings.production());
    }

    private static String written(String address) {
        return "https://" + (address.indexOf(':') < 0 ? address : "[" + address + "]") + "/latest/meta-data/";
    }

    private static List<InetAddress> addresses(String list) {
        return Stream.of(list.split(" ")).map(SsrfGuardTest::address).toList();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
