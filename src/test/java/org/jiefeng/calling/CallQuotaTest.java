package org.jiefeng.calling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;

/** A dialler that has run wild is sent away; the others are not. */
class CallQuotaTest {

    @Test
    void everyAccountHasItsOwnSecond() throws Exception {
        CallingTexts texts = mock(CallingTexts.class);
        when(texts.of("check.tooMany")).thenReturn("Too many");
        CallCheck check = mock(CallCheck.class);
        CallRequest request = new CallRequest("13700000001", "13900000001", null, null, null);
        CallAnswer yes = new CallAnswer(true, null, null, null);
        when(check.check(request)).thenReturn(yes);
        CallApi api = new CallApi(
                check,
                mock(CallReports.class),
                new CallQuota(new CallCheckProperties(Duration.ofSeconds(1), 1, 2, Set.of())),
                texts,
                new ObjectMapper());
        TestingAuthenticationToken wild = new TestingAuthenticationToken("wild", "");

        assertThat(api.check(request, wild).getBody()).isEqualTo(yes);
        assertThat(api.check(request, wild).getBody()).isEqualTo(yes);
        ResponseEntity<Object> third = api.check(request, wild);
        ResponseEntity<Object> report = api.report(new MockHttpServletRequest(), wild);

        assertThat(third.getStatusCode().value()).isEqualTo(429);
        assertThat(third.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(report.getStatusCode().value()).isEqualTo(429);
        assertThat(api.check(request, new TestingAuthenticationToken("tame", ""))
                        .getBody())
                .isEqualTo(yes);
    }
}
