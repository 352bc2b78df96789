package org.jiefeng.account;

/** The carriers a card can be of; chosen, never guessed, because numbers can be ported. */
public enum Carrier {
    CHINA_MOBILE,
    CHINA_UNICOM,
    CHINA_TELECOM,
    CHINA_BROADNET,
    /** 虚拟运营商, a reseller of mobile service. */
    MVNO
}
