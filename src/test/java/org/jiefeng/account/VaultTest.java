package org.jiefeng.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultTest {

    private static final String OLD = "an-old-key-for-tests-of-the-vault-01";
    private static final String NEW = "a-newer-key-for-tests-of-the-vault-2";
    private static final String INDEX = "an-index-key-for-tests-of-the-vault";

    static Vault vault() {
        return new Vault(new ProtectionProperties("1", OLD, Map.of(), INDEX));
    }

    /** @param theOldOneToo whether texts of {@link #vault()} can be opened */
    static Vault vaultWithNewKeyAnd(boolean theOldOneToo) {
        return new Vault(new ProtectionProperties("2", NEW, theOldOneToo ? Map.of("1", OLD) : Map.of(), INDEX));
    }

    @Test
    void whatWasSealedIsOpenedAgain() {
        assertThat(vault().open(vault().seal("11010519491231002X"))).isEqualTo("11010519491231002X");
    }

    @Test
    void theSealedTextNamesItsKeyAndNeverRepeatsItself() {
        String one = vault().seal("13800000001");
        String two = vault().seal("13800000001");

        assertThat(one).startsWith("1:").doesNotContain("13800000001").isNotEqualTo(two);
    }

    @Test
    void everyAlteredByteIsNoticed() {
        String sealed = vault().seal("13800000001");
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(2));

        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            String text = "1:" + Base64.getEncoder().encodeToString(altered);
            assertThatIllegalStateException().isThrownBy(() -> vault().open(text));
        }
    }

    @Test
    void afterAChangeOfKeyOldTextsOpenAndNewOnesCarryTheNewKey() {
        Vault changed = new Vault(new ProtectionProperties("2", NEW, Map.of("1", OLD), INDEX));

        assertThat(changed.open(vault().seal("13800000001"))).isEqualTo("13800000001");
        assertThat(changed.seal("13800000001")).startsWith("2:");
        assertThat(changed.index("13800000001")).isEqualTo(vault().index("13800000001"));
    }

    @Test
    void aForgottenKeyIsNamedAndTheNumberIsNot() {
        Vault forgetful = new Vault(new ProtectionProperties("2", NEW, Map.of(), INDEX));

        assertThatIllegalStateException()
                .isThrownBy(() -> forgetful.open(vault().seal("13800000001")))
                .withMessageContaining("'1'");
    }

    @Test
    void anEmptyOrTruncatedTextIsRefusedLikeAnAlteredOne() {
        for (String text : new String[] {"", "1:", "1:AAAA", "no key", "1:not base64!"}) {
            assertThatIllegalStateException().as(text).isThrownBy(() -> vault().open(text));
        }
    }

    @Test
    void theIndexDependsOnItsKey() {
        Vault other = new Vault(new ProtectionProperties("1", OLD, Map.of(), INDEX + "2"));

        assertThat(vault().index("13800000001"))
                .hasSize(64)
                .isEqualTo(vault().index("13800000001"))
                .isNotEqualTo(vault().index("13800000002"))
                .isNotEqualTo(other.index("13800000001"));
    }

    @Test
    void theSettingsKeepTheirSecretsToThemselves() {
        assertThat(new ProtectionProperties("2", NEW, Map.of("1", OLD), INDEX).toString())
                .doesNotContain(NEW, OLD, INDEX);
    }
}
