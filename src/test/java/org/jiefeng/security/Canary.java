package org.jiefeng.security;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often an expression reached what no expression of a user may reach: a bean, or a class by reflection. */
public class Canary {

    static final AtomicInteger HITS = new AtomicInteger();

    private final boolean bean;

    /** What reflection calls. */
    public Canary() {
        this(false);
        HITS.incrementAndGet();
    }

    Canary(boolean bean) {
        this.bean = bean;
    }

    public String hit() {
        HITS.incrementAndGet();
        return bean ? "bean" : "instance";
    }
}
