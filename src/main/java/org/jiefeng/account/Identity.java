package org.jiefeng.account;

/** Whose account it is, in full: for the few steps that cannot do without, each of them noted in the disclosure log. */
public record Identity(String name, String idNumber, String mobile, String iccid) {

    /** Without the data: records end up in logs. */
    @Override
    public String toString() {
        return "Identity";
    }
}
