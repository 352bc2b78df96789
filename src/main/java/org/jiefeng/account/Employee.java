package org.jiefeng.account;

/** A person who calls; the user id is the one of the login. */
public record Employee(String userId, String name, String departmentId) {}
