package org.jiefeng.account;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whoever can sign in, employees or not, as the company's directory of people knows them. */
public interface People {

    /** Where mail reaches somebody. Not to be logged. */
    Optional<String> mailAddress(String userId);

    /** What somebody is called; empty when nobody has this user id. */
    Optional<String> name(String userId);

    /** The groups somebody is in. */
    Set<String> groups(String userId);

    /** The user ids of a group, such as {@code liaisons}. */
    List<String> members(String groupId);
}
