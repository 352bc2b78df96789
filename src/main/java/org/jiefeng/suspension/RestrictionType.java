package org.jiefeng.suspension;

/** How an account is restricted; carriers use 冻结, 锁定 and 封停 loosely, so this is apart from the state (domain.md §6.6). */
public enum RestrictionType {
    /** 限制呼出 */
    OUTBOUND_BARRED,
    /** 停机 */
    SERVICE_STOPPED,
    /** 关停 */
    SHUT_DOWN,
    /** 冻结 */
    FROZEN,
    /** 锁定 */
    LOCKED
}
