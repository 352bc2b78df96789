package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** How the web apps' setup page can be spelt, also where the server in front of this filter would not take it. */
class OddPathFilterTest {

    static final List<String> SETUP = List.of(
            "/camunda/api/admin/setup/default/user/create",
            "/camunda/api/admin/setup/default/user/create/",
            "/camunda/api/admin/setup/another/user/create",
            "/camunda/api/admin/setup",
            "/camunda/api/admin/SETUP/default/user/create",
            "/Camunda/Api/Admin/Setup/default/user/create",
            "/camunda/api/admin/setup;x=y/default/user/create",
            "/camunda;jsessionid=1/api;a/admin;b/setup;c/default/user/create",
            "/camunda/api/admin/setup/default/user/create;.css",
            "/;/camunda/api/admin/setup/default/user/create",
            "//camunda/api/admin/setup/default/user/create",
            "/camunda//api///admin//setup/default/user/create",
            "/camunda/api/admin/./setup/default/user/create",
            "/camunda/api/admin/plugin/../setup/default/user/create",
            "/camunda/api/admin/..;/admin/setup/default/user/create",
            "/x/../camunda/api/admin/setup/default/user/create",
            "/camunda/api/admin/%73etup/default/user/create",
            "/camunda/api/admin/%53%45%54%55%50/default/user/create",
            "/%63amunda/api/admin/setup/default/user/create",
            "/camunda%2fapi%2fadmin%2fsetup/default/user/create",
            "/camunda/api/admin%2Fsetup/default/user/create",
            "/camunda/api/admin/%2e/setup/default/user/create",
            "/camunda/api/admin/plugin/%2e%2e/setup/default/user/create",
            "/camunda/api/admin/plugin/%2E./setup/default/user/create",
            "/camunda/api/admin/%2573etup/default/user/create",
            "/camunda/api/admin/%25%37%33etup/default/user/create",
            "/camunda/api/admin/setup%3bx/default/user/create",
            "/camunda/api/admin/setup%00/default/user/create",
            "/camunda/api/admin/setup%20/default/user/create",
            "/camunda/api/admin/setup./default/user/create",
            "/camunda/api/admin/setup%2e/default/user/create",
            "/camunda/api/admin./setup/default/user/create",
            "/camunda/api/admin%5csetup/default/user/create",
            "/camunda\\api\\admin\\setup\\default\\user\\create");

    private final OddPathFilter filter = new OddPathFilter();

    private int answer(String method, String path, FilterChain chain) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
        return response.getStatus();
    }

    @Test
    void setupIsRefusedHoweverItIsSpelt() throws Exception {
        for (String path : SETUP) {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY")) {
                MockFilterChain chain = new MockFilterChain();
                assertThat(answer(method, path, chain)).as(method + " " + path).isEqualTo(403);
                assertThat(chain.getRequest()).as(path).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api//pages", "/appeals/../login", "/login;x", "/camunda/app/%61dmin", "/a\\b"})
    void otherOddPathsAreBad(String path) throws Exception {
        assertThat(answer("GET", path, new MockFilterChain())).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/auth/user/default",
                "/camunda/app/admin/default/",
                "/appeals/AP-2026-000001",
                "/engine-rest/filter/a%20b",
                "/engine-rest/user/%E6%9D%8E"
            })
    void honestPathsPass(String path) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        assertThat(answer("GET", path, chain)).isEqualTo(200);
        assertThat(chain.getRequest()).isNotNull();
    }
}
