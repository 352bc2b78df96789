/**
 * Login, roles, row access and web hardening: who may come in, and what the engine will not do for anybody.
 *
 * <p>A Camunda group is a Spring Security authority of the same name, so an endpoint of ours says who may use it with
 * {@code @PreAuthorize("hasAnyAuthority('managers', 'SCOPE_notice:write')")}; a service account has scopes only.
 */
@NullMarked
package org.jiefeng.security;

import org.jspecify.annotations.NullMarked;
