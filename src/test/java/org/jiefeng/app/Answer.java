package org.jiefeng.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;

/** What the application answered to a request. */
record Answer(URI asked, int status, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The answer as it is read by a program. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(asked + " answered " + status + ", not JSON: " + body, e);
        }
    }

    /** This answer, if it says yes. */
    Answer ok() {
        assertThat(status).as("%s: %s", asked, body).isBetween(200, 299);
        return this;
    }

    /** This answer, if it has this status. */
    Answer is(int expected) {
        assertThat(status).as("%s: %s", asked, body).isEqualTo(expected);
        return this;
    }
}
