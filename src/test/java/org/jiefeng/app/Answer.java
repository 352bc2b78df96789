package org.jiefeng.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the application answered to a request. */
record Answer(URI asked, int status, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> ERRORS = new CopyOnWriteArrayList<>();

    Answer {
        if (status >= 400) {
            ERRORS.add(body);
        }
    }

    /** The bodies of everything that was refused so far. */
    static List<String> errors() {
        return List.copyOf(ERRORS);
    }

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
