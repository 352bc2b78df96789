package org.jiefeng.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** From where somebody signs in: the address, and whether that browser holds a token for an account ({@link KnownDevices}). */
class LoginClient extends WebAuthenticationDetails {

    private static final long serialVersionUID = 1L;

    private static final int NETWORK_BYTES = 8;

    private final boolean knownDevice;

    LoginClient(HttpServletRequest request, boolean knownDevice) {
        super(request);
        this.knownDevice = knownDevice;
    }

    boolean isKnownDevice() {
        return knownDevice;
    }

    /** The caller's address; of IPv6 the network, because everybody has 2^64 addresses of their own. */
    static String address(@Nullable Object details) {
        if (!(details instanceof WebAuthenticationDetails web) || web.getRemoteAddress() == null) {
            return "";
        }
        String address = web.getRemoteAddress();
        if (!address.contains(":")) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address long6
                    ? HexFormat.of().formatHex(Arrays.copyOf(long6.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof LoginClient client && client.knownDevice == knownDevice;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Boolean.hashCode(knownDevice);
    }
}
