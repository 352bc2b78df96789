package org.jiefeng.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes {@code 'unsafe-eval'} out of the web apps' content policy, except in Tasklist: only the scripts of embedded forms
 * are made from text. AngularJS notices and reads its expressions without it.
 */
class ContentPolicyFilter extends OncePerRequestFilter {

    private static final String HEADER = "Content-Security-Policy";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            @Override
            public void setHeader(String name, String value) {
                super.setHeader(name, HEADER.equalsIgnoreCase(name) ? value.replace(" 'unsafe-eval'", "") : value);
            }
        });
    }
}
