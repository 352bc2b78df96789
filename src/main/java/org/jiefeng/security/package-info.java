/**
 * Login, roles, row access and web hardening: who may come in, and what the engine will not do for anybody.
 *
 * <p>A Camunda group is a Spring Security authority of the same name. An endpoint of ours says who may use it with
 * {@code @PreAuthorize("hasAnyAuthority('managers', 'SCOPE_notice:write')")} on the method or the class. A service account
 * has scopes only, as {@code SCOPE_<scope>}, and is refused where none of them is declared; a person without any
 * declaration to meet still needs the feature's own check of the case.
 */
@NullMarked
package org.jiefeng.security;

import org.jspecify.annotations.NullMarked;
